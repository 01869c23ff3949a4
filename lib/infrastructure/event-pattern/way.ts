import { type Leaf, leafOf } from './leaf.ts';
import type { Matcher } from './matcher.ts';
import type { ShareOf } from './share.ts';

/** A field that takes more characters than this leaves no room for other branches. */
const LONGEST_LEAF = 900;

/** One branch of a pattern: fields of one finding that must all be so, and the rules it serves. */
export interface Way {
  /** By path. */
  readonly leaves: ReadonlyMap<string, Leaf>;
  readonly rules: readonly string[];
}

/** Makes a branch of fields that may contend for a path or an array: of those the one that lets the least through stays. */
export function wayOf(leaves: readonly Leaf[], rules: readonly string[], shareOf: ShareOf): Way {
  const byArray = new Map<string, Leaf>();
  for (const leaf of leaves) {
    const known = byArray.get(leaf.array);
    if (known === undefined || isNarrower(leaf, known, shareOf)) byArray.set(leaf.array, leaf);
  }
  // One that lets about everything through stays as well: while there is room it costs nothing, and shares are guesses.
  const kept = [...byArray.values()].filter((leaf) => leaf.text.length <= LONGEST_LEAF);
  return sortedWay(
    kept.map((leaf) => [leaf.path, leaf]),
    rules,
  );
}

function isNarrower(leaf: Leaf, than: Leaf, shareOf: ShareOf): boolean {
  const [mine, theirs] = [shareOf(leaf), shareOf(than)];
  return mine === theirs ? leaf.text.length < than.text.length : mine < theirs;
}

export function sortedWay(leaves: Iterable<readonly [string, Leaf]>, rules: readonly string[]): Way {
  return {
    leaves: new Map([...leaves].sort(([a], [b]) => (a < b ? -1 : 1))),
    rules: [...new Set(rules)].sort(),
  };
}

/** Whether everything the second lets through passes the first as well. */
export function covers(wider: Way, narrower: Way): boolean {
  for (const [path, leaf] of wider.leaves) {
    const other = narrower.leaves.get(path);
    if (other === undefined || !leafCovers(leaf, other)) return false;
  }
  return true;
}

function leafCovers(wider: Leaf, narrower: Leaf): boolean {
  if (wider === narrower) return true;
  return [...narrower.matchers].every(
    ([text, matcher]) => wider.matchers.has(text) || isWithin(matcher, wider),
  );
}

/** Whether a text, or all that begin or end with one, begins or ends as the field may. */
function isWithin(matcher: Matcher, { matchers }: Leaf): boolean {
  if (typeof matcher !== 'string' && !isAffix(matcher, 'prefix') && !isAffix(matcher, 'suffix')) return false;
  for (const wider of matchers.values())
    if (wider !== matcher && wider !== null && typeof wider === 'object' && affixCovers(wider, matcher))
      return true;
  return false;
}

function affixCovers(affix: Exclude<Matcher, string | number | boolean | null>, matcher: Matcher): boolean {
  if ('prefix' in affix) {
    if (typeof matcher === 'string') return matcher.startsWith(affix.prefix);
    return isAffix(matcher, 'prefix') && matcher.prefix.startsWith(affix.prefix);
  }
  if ('suffix' in affix) {
    if (typeof matcher === 'string') return matcher.endsWith(affix.suffix);
    return isAffix(matcher, 'suffix') && matcher.suffix.endsWith(affix.suffix);
  }
  return false;
}

function isAffix<K extends string>(
  matcher: Matcher,
  kind: K,
): matcher is Matcher & Readonly<Record<K, string>> {
  return matcher !== null && typeof matcher === 'object' && kind in matcher;
}

/** The narrowest single branch this product makes of two: what both look at, with the values of either. */
export function merged(a: Way, b: Way): Way {
  const leaves = [...a.leaves].flatMap(([path, leaf]) => {
    const other = b.leaves.get(path);
    if (other === undefined) return [];
    const union = leaf.text.length + other.text.length > LONGEST_LEAF ? null : unionOf(leaf, other);
    return union === null ? [] : [[path, union] as const];
  });
  return sortedWay(leaves, [...a.rules, ...b.rules]);
}

function unionOf(a: Leaf, b: Leaf): Leaf {
  if (a === b || a.text === b.text) return a;
  const both = leafOf(a.names, [...a.matchers.values(), ...b.matchers.values()], a.array);
  const lean = [...both.matchers.values()].filter((matcher) => !isWithin(matcher, both));
  return lean.length === both.matchers.size ? both : leafOf(a.names, lean, a.array);
}

export function without(way: Way, path: string): Way {
  return sortedWay(
    [...way.leaves].filter(([known]) => known !== path),
    way.rules,
  );
}

/** The share of events that a branch lets through, its fields taken to be independent. */
export function shareOfWay({ leaves }: Way, shareOf: ShareOf): number {
  return [...leaves.values()].reduce((product, leaf) => product * shareOf(leaf), 1);
}

/** The members of the branch as JSON has them; about the characters it takes, since neighbours may share a parent. */
export function lengthOfWay({ leaves }: Way): number {
  return [...leaves.values()].reduce((sum, leaf) => sum + leaf.text.length + 1, 2);
}

/** Equal for branches that ask the same. */
export function textOfWay({ leaves }: Way): string {
  return [...leaves.values()].map(({ text }) => text).join();
}

/** A branch as a pattern has it below `detail.findings`. */
export function patternOfWay({ leaves }: Way): Readonly<Record<string, unknown>> {
  const root: Record<string, unknown> = {};
  for (const { names, matchers } of leaves.values()) {
    let parent = root;
    for (const name of names.slice(0, -1)) {
      parent[name] ??= {};
      parent = parent[name] as Record<string, unknown>;
    }
    parent[names.at(-1) ?? ''] = [...matchers.values()];
  }
  return root;
}

/** The finding has a value that is none of those known; `Id` comes first, so that absence is looked for in one finding. */
export function irregularWay(fact: string, values: readonly string[]): Way {
  const leaf = leafOf(fact.split('.'), [{ 'anything-but': [...values] }, { exists: false }]);
  return sortedWay(
    [
      [leaf.path, leaf],
      ['Id', leafOf(['Id'], [{ exists: true }])],
    ],
    [],
  );
}

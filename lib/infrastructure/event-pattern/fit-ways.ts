import { type Leaf, leafOf } from './leaf.ts';
import type { ShareOf } from './share.ts';
import { covers, lengthOfWay, merged, shareOfWay, sortedWay, textOfWay, type Way, without } from './way.ts';

/** More branches than this are first put together with their neighbours: pairs of them are compared one by one. */
const MOST_COMPARED = 120;
/** A beginning shorter than this lets so much through that a field may as well be left out. */
const SHORTEST_PREFIX = 3;

/**
 * Makes branches few and short enough for `fits`, which is asked again after each step. What costs no precision goes
 * first: branches that others cover, and pairs that differ in one field. Then, as long as they do not fit, the step
 * that lets the least more through for the characters it saves. The result lets through whatever the branches do;
 * the worst that is left is one empty branch, which lets all through.
 */
export function fitWays(
  ways: readonly Way[],
  fits: (ways: readonly Way[]) => boolean,
  shareOf: ShareOf,
): readonly Way[] {
  let fitted = exactly(ways);
  while (!fits(fitted) && fitted.length > MOST_COMPARED) fitted = exactly(halved(fitted));
  const steps = createSteps(fitted, shareOf);
  while (!fits(steps.ways()) && steps.widen());
  return narrowed(uncovered(steps.ways()), fitted, fits, shareOf).toSorted((a, b) =>
    textOfWay(a) < textOfWay(b) ? -1 : 1,
  );
}

/**
 * Puts back what a step took away and there is room for after all, for the last one often saves more than it had to:
 * fields that every branch has which one now stands for, the one that keeps the most out first.
 */
function narrowed(
  ways: readonly Way[],
  wanted: readonly Way[],
  fits: (ways: readonly Way[]) => boolean,
  shareOf: ShareOf,
): readonly Way[] {
  if (!fits(ways)) return ways;
  const known = [...ways];
  for (const [i, way] of ways.entries()) {
    const [first, ...others] = wanted.filter((each) => covers(way, each));
    if (first === undefined) continue;
    const common = others.reduce(merged, first);
    const left = [...common.leaves.values()].filter(({ path }) => !way.leaves.has(path));
    for (const leaf of left.toSorted((a, b) => shareOf(a) - shareOf(b))) {
      const before = known[i] as Way;
      // Two fields of one list would be asked of one element.
      if ([...before.leaves.values()].some(({ array }) => array === leaf.array)) continue;
      known[i] = sortedWay([...before.leaves, [leaf.path, leaf] as const], before.rules);
      if (!fits(known)) known[i] = before;
    }
  }
  return known;
}

/** The same events with fewer branches. */
function exactly(ways: readonly Way[]): readonly Way[] {
  let known = uncovered(ways);
  for (;;) {
    const united = unitedInOneField(known);
    if (united.length === known.length) return known;
    known = uncovered(united);
  }
}

/** Branches that differ in one field become one with the values of all. */
function unitedInOneField(ways: readonly Way[]): readonly Way[] {
  const paths = [...new Set(ways.flatMap(({ leaves }) => [...leaves.keys()]))].sort();
  return paths.reduce<readonly Way[]>((known, path) => {
    const groups = new Map<string, Way>();
    known.forEach((way, i) => {
      const key = way.leaves.has(path) ? textOfWay(without(way, path)) : `alone ${i}`;
      const earlier = groups.get(key);
      groups.set(key, earlier === undefined ? way : merged(earlier, way));
    });
    return [...groups.values()];
  }, ways);
}

/** Branches that no other covers. Of equal ones one stays, for the rules of all. */
function uncovered(ways: readonly Way[]): readonly Way[] {
  const kept: Way[] = [];
  for (const way of [...ways].sort((a, b) => a.leaves.size - b.leaves.size)) {
    const place = kept.findIndex((other) => covers(other, way));
    const wider = kept[place];
    if (wider === undefined) kept.push(way);
    else kept[place] = sortedWay(wider.leaves, [...wider.rules, ...way.rules]);
  }
  // Of as many fields, a later one may cover an earlier one.
  return kept.flatMap((way, i) => {
    const wider = kept.slice(i + 1).findIndex((other) => covers(other, way));
    if (wider < 0) return [way];
    const place = i + 1 + wider;
    kept[place] = sortedWay((kept[place] as Way).leaves, [...(kept[place] as Way).rules, ...way.rules]);
    return [];
  });
}

/** Half as many: each with the one that looks at the same fields and stands next to it. */
function halved(ways: readonly Way[]): readonly Way[] {
  const groups = Map.groupBy(ways, ({ leaves }) => [...leaves.keys()].join());
  return [...groups.values()].flatMap((group) => {
    const sorted = group.toSorted((a, b) => (textOfWay(a) < textOfWay(b) ? -1 : 1));
    return Array.from({ length: Math.ceil(sorted.length / 2) }, (_, i) => {
      const [first, second] = [sorted[2 * i] as Way, sorted[2 * i + 1]];
      return second === undefined ? first : merged(first, second);
    });
  });
}

/** One way to widen: what it takes away, what it puts there, and what it lets through for each character saved. */
interface Step {
  readonly gone: readonly number[];
  readonly way: Way;
  readonly price: number;
}

/** Widens step by step; what was worked out of pairs is kept until one of the two is gone. */
function createSteps(ways: readonly Way[], shareOf: ShareOf): { ways(): readonly Way[]; widen(): boolean } {
  const present = new Map(ways.map((way, i) => [i, way] as const));
  const best = new Map<number, Step>();
  let next = ways.length;
  const lookFor = (number: number): void => {
    const way = present.get(number);
    if (way === undefined) return;
    const steps = [...alone(number, way, shareOf)];
    // Each pair is kept with the later of the two.
    for (const [other, second] of present)
      if (other < number) steps.push(pair(number, way, other, second, shareOf));
    const cheapest = steps.reduce<Step | null>(cheaper, null);
    if (cheapest === null) best.delete(number);
    else best.set(number, cheapest);
  };
  for (const number of present.keys()) lookFor(number);
  return {
    ways: () => [...present.values()],
    widen() {
      const step = [...best.values()].reduce<Step | null>(cheaper, null);
      if (step === null) return false;
      const covered = [...present].filter(([, way]) => covers(step.way, way)).map(([number]) => number);
      const gone = new Set([...step.gone, ...covered]);
      const rules = [...gone].flatMap((number) => present.get(number)?.rules ?? []);
      for (const number of gone) {
        present.delete(number);
        best.delete(number);
      }
      present.set(next, sortedWay(step.way.leaves, rules));
      for (const [number, { gone: named }] of [...best])
        if (named.some((each) => gone.has(each))) lookFor(number);
      lookFor(next);
      next += 1;
      return true;
    },
  };
}

function cheaper(known: Step | null, step: Step): Step {
  return known === null || step.price < known.price ? step : known;
}

function pair(a: number, first: Way, b: number, second: Way, shareOf: ShareOf): Step {
  const way = merged(first, second);
  const saved = lengthOfWay(first) + lengthOfWay(second) + 1 - lengthOfWay(way);
  const more = shareOfWay(way, shareOf) - shareOfWay(first, shareOf) - shareOfWay(second, shareOf);
  return { gone: [a, b], way, price: priceOf(more, saved) };
}

function* alone(number: number, way: Way, shareOf: ShareOf): Iterable<Step> {
  for (const [path, leaf] of way.leaves) {
    for (const wider of [without(way, path), ...shortened(way, path, leaf, shareOf)]) {
      const saved = lengthOfWay(way) - lengthOfWay(wider);
      const more = shareOfWay(wider, shareOf) - shareOfWay(way, shareOf);
      if (saved > 0) yield { gone: [number], way: wider, price: priceOf(more, saved) };
    }
  }
}

/** The branch with the texts that share the longest beginning told by that beginning. */
function shortened(way: Way, path: string, leaf: Leaf, shareOf: ShareOf): readonly Way[] {
  const texts = [...leaf.matchers.values()].filter((value) => typeof value === 'string');
  const beginnings = texts.slice(1).map((text, i) => commonPrefix(text, texts[i] ?? ''));
  const longest = beginnings.reduce((known, text) => (text.length > known.length ? text : known), '');
  const prefix = longest.isWellFormed() ? longest : longest.slice(0, -1);
  if (prefix.length < SHORTEST_PREFIX) return [];
  const left = [...leaf.matchers.values()].filter(
    (value) => typeof value !== 'string' || !value.startsWith(prefix),
  );
  const wider = leafOf(leaf.names, [...left, { prefix }], leaf.array);
  if (shareOf(wider) >= 1 || wider.text.length >= leaf.text.length) return [];
  return [sortedWay([...way.leaves, [path, wider] as const], way.rules)];
}

function commonPrefix(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return a.slice(0, length);
}

/** What saves nothing is the last resort: it still leaves fewer branches. */
function priceOf(more: number, saved: number): number {
  return saved > 0 ? more / saved : 1e6 + more - saved;
}

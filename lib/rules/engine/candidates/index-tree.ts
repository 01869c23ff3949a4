import type { Branch, Demand, DemandKind } from './demand.ts';

/** One way for one rule to hold; `rule` is its number in winning order. */
export interface Entry {
  readonly rule: number;
  readonly demands: Branch;
}

/** Rules to look at in any case, and lookups that lead to further ones. */
export interface IndexNode {
  readonly always: readonly number[];
  readonly lookups: readonly Lookup[];
}

export interface Lookup {
  readonly slot: number;
  readonly kind: DemandKind;
  /** By literal the entries to look at; those that are many become a node when they are first met. */
  readonly children: Map<unknown, Bucket>;
  /** Of prefixes and suffixes: the lengths, in UTF-16 units, of the texts in `children`. */
  readonly lengths: readonly number[];
}

/** Changes in place: an index of ten thousand rules would otherwise be built whole for a handful of findings. */
export interface Bucket {
  readonly entries: Entry[];
  readonly depth: number;
  node: IndexNode | null;
}

/** What costs are compared in: nanoseconds, roughly, as `npm run bench` found them. Only their ratios matter. */
const TEST_COST = 60;
const LOOKUP_COST: Readonly<Record<DemandKind, number>> = {
  value: 30,
  item: 60,
  prefix: 120,
  suffix: 120,
  itemPrefix: 200,
  itemSuffix: 200,
};
/** So many entries are cheaper to test one by one than to look up once more. */
const SMALL_BUCKET = 3;
const DEEPEST = 4;
/** More lengths mean more pieces cut from each text; longer literals are cut to one of these. */
const MOST_LENGTHS = 4;

/** Builds an index over entries. `slotOf` gives the number under which a fact is read. */
export function buildIndex(
  entries: readonly Entry[],
  slotOf: (fact: string) => number,
  depth = 0,
): IndexNode {
  const selectivity = selectivityOf(entries);
  const users = usersOf(entries);
  const always: number[] = [];
  const chosen = new Map<string, { readonly demand: Demand; readonly entry: Entry }[]>();
  for (const entry of entries) {
    const best = depth < DEEPEST ? cheapest(entry, selectivity, users) : null;
    if (best === null) always.push(entry.rule);
    else pushTo(chosen, keyOf(best), { demand: best, entry });
  }
  return {
    always,
    lookups: [...chosen.values()].map((members) => lookupOf(members, slotOf, depth)),
  };
}

/** The node of a bucket, built when it is first asked for; null while its entries are few. */
export function nodeOf(bucket: Bucket, slotOf: (fact: string) => number): IndexNode | null {
  if (bucket.node !== null || bucket.entries.length <= SMALL_BUCKET) return bucket.node;
  bucket.node = buildIndex(bucket.entries, slotOf, bucket.depth);
  return bucket.node;
}

function keyOf({ kind, fact }: Demand): string {
  return `${kind} ${fact}`;
}

/** By fact and kind the share of findings that one literal is expected to meet: the more literals, the fewer each. */
function selectivityOf(entries: readonly Entry[]): ReadonlyMap<string, number> {
  const literals = new Map<string, Set<unknown>>();
  for (const { demands } of entries)
    for (const demand of demands) {
      const known = literals.get(keyOf(demand)) ?? new Set();
      for (const literal of demand.literals) known.add(literal);
      literals.set(keyOf(demand), known);
    }
  return new Map([...literals].map(([key, known]) => [key, 1 / (known.size + 2)]));
}

function usersOf(entries: readonly Entry[]): ReadonlyMap<string, number> {
  const users = new Map<string, number>();
  for (const { demands } of entries)
    for (const key of new Set(demands.map(keyOf))) users.set(key, (users.get(key) ?? 0) + 1);
  return users;
}

/** The demand by which an entry costs least: a share of one lookup, and a test on the findings it lets through. */
function cheapest(
  { demands }: Entry,
  selectivity: ReadonlyMap<string, number>,
  users: ReadonlyMap<string, number>,
): Demand | null {
  let best: Demand | null = null;
  let bestCost = TEST_COST;
  for (const demand of demands) {
    const key = keyOf(demand);
    const share = Math.min(1, demand.literals.length * (selectivity.get(key) ?? 1));
    const cost = LOOKUP_COST[demand.kind] / (users.get(key) ?? 1) + share * TEST_COST;
    if (cost < bestCost) {
      best = demand;
      bestCost = cost;
    }
  }
  return best;
}

function lookupOf(
  members: readonly { readonly demand: Demand; readonly entry: Entry }[],
  slotOf: (fact: string) => number,
  depth: number,
): Lookup {
  const [first] = members;
  const { fact, kind } = (first as { readonly demand: Demand }).demand;
  const isAffix = kind !== 'value' && kind !== 'item';
  const lengths = isAffix ? lengthsOf(members.flatMap(({ demand }) => demand.literals)) : [];
  const children = new Map<unknown, Bucket>();
  for (const { demand, entry } of members) {
    const rest = { rule: entry.rule, demands: entry.demands.filter((other) => other !== demand) };
    const keys = isAffix ? demand.literals.map((text) => cut(String(text), lengths, kind)) : demand.literals;
    for (const key of new Set(keys)) {
      const bucket = children.get(key) ?? { entries: [], depth: depth + 1, node: null };
      bucket.entries.push(rest);
      children.set(key, bucket);
    }
  }
  return { slot: slotOf(fact), kind, children, lengths };
}

/** A few lengths that leave the texts as long as can be: each is cut to the longest of them that it has. */
function lengthsOf(texts: readonly unknown[]): readonly number[] {
  const all = [...new Set(texts.map((text) => String(text).length))].sort((a, b) => a - b);
  if (all.length <= MOST_LENGTHS) return all;
  return Array.from(
    { length: MOST_LENGTHS },
    (_, i) => all[Math.floor((i * all.length) / MOST_LENGTHS)] ?? 0,
  );
}

function cut(text: string, lengths: readonly number[], kind: DemandKind): string {
  const length = lengths.findLast((known) => known <= text.length) ?? 0;
  return kind === 'prefix' || kind === 'itemPrefix'
    ? text.slice(0, length)
    : text.slice(text.length - length);
}

function pushTo<K, V>(groups: Map<K, V[]>, key: K, value: V): void {
  const known = groups.get(key);
  if (known === undefined) groups.set(key, [value]);
  else known.push(value);
}

import { type Branch, type Demand, type DemandKind, keyOf } from './demand.ts';
import { type Catalogue, fileLiterals, GRAM_LENGTH } from './search.ts';

/** One way for one rule to hold; `rule` is its number in winning order. */
export interface Entry {
  readonly rule: number;
  /** What testing the rule's conditions costs. */
  readonly cost: number;
  readonly demands: Branch;
}

/** Rules to look at in any case, and lookups that lead to further ones. */
export interface IndexNode {
  readonly always: readonly number[];
  readonly lookups: readonly Lookup[];
}

export interface Lookup {
  readonly slot: number;
  /** The fact is a list: each of its items is searched. */
  readonly ofItem: boolean;
  readonly catalogue: Catalogue<Bucket>;
}

/** Changes in place: an index of ten thousand rules would otherwise be built whole for a handful of findings. */
export interface Bucket {
  readonly entries: Entry[];
  readonly depth: number;
  node: IndexNode | null;
}

/** What costs are compared in: nanoseconds, roughly, as `npm run bench` found them. Only their ratios matter. */
const SEARCH_COST: Readonly<Record<DemandKind, number>> = { value: 30, prefix: 150, suffix: 150, part: 400 };
/** What each further literal costs: it files the entry once more, and a large index is a slow one. */
const COPY_COST = 0.2;
/** So many entries are cheaper to test one by one than to look up once more. */
const SMALL_BUCKET = 3;
const DEEPEST = 6;

/** Builds an index over entries. `slotOf` gives the number under which a fact is read. */
export function buildIndex(
  entries: readonly Entry[],
  slotOf: (fact: string) => number,
  depth = 0,
): IndexNode {
  const always: number[] = [];
  const chosen = new Map<string, { readonly demand: Demand; readonly entry: Entry }[]>();
  const demands = depth < DEEPEST ? chooseDemands(entries) : entries.map(() => null);
  for (const [i, entry] of entries.entries()) {
    const demand = demands[i] ?? null;
    if (demand === null) always.push(entry.rule);
    else pushTo(chosen, keyOf(demand), { demand, entry });
  }
  return {
    always: [...new Set(always)],
    lookups: [...chosen.values()].map((members) => lookupOf(members, slotOf, depth)),
  };
}

/** The node of a bucket, built when it is first asked for; null while its entries are few. */
export function nodeOf(bucket: Bucket, slotOf: (fact: string) => number): IndexNode | null {
  if (bucket.node !== null || bucket.entries.length <= SMALL_BUCKET) return bucket.node;
  bucket.node = buildIndex(bucket.entries, slotOf, bucket.depth);
  return bucket.node;
}

/** How entries ask for one fact in one way. */
interface Use {
  entries: number;
  /** How often each literal is asked for. */
  readonly literals: Map<unknown, number>;
  mentions: number;
}

/** A demand by which an entry could be filed, and what that costs beside its share of the search. */
interface Option {
  readonly demand: Demand;
  readonly key: string;
  readonly search: number;
  readonly rest: number;
}

/**
 * The demand by which each entry is filed; null where testing it each time is cheaper. A search costs the same however
 * many entries share it, so those that few entries chose are given up in a second and third look.
 */
function chooseDemands(entries: readonly Entry[]): readonly (Demand | null)[] {
  const uses = new Map<string, Use>();
  const keys = entries.map(({ demands }) => demands.map((demand) => countUse(demand, uses)));
  const options = entries.map((entry, i) => optionsOf(entry, keys[i] ?? [], uses));
  let sharers = new Map([...uses].map(([key, use]) => [key, use.entries]));
  let chosen: readonly (Option | null)[] = [];
  for (let look = 0; look < 3; look += 1) {
    chosen = entries.map(({ cost }, i) => cheapest(options[i] ?? [], cost, sharers));
    sharers = new Map();
    for (const option of chosen)
      if (option !== null) sharers.set(option.key, (sharers.get(option.key) ?? 0) + 1);
  }
  return chosen.map((option) => option?.demand ?? null);
}

function countUse(demand: Demand, uses: Map<string, Use>): string {
  const key = keyOf(demand);
  const use = uses.get(key) ?? { entries: 0, literals: new Map(), mentions: 0 };
  uses.set(key, use);
  use.entries += 1;
  use.mentions += demand.literals.length;
  for (const literal of demand.literals) use.literals.set(literal, (use.literals.get(literal) ?? 0) + 1);
  return key;
}

/**
 * What each demand of an entry would cost: a test on the findings it lets through, and room. What rules ask for often
 * findings are expected to have often, and the more literals a fact is compared with, the fewer findings each meets.
 */
function optionsOf(
  { demands, cost }: Entry,
  keys: readonly string[],
  uses: ReadonlyMap<string, Use>,
): readonly Option[] {
  return demands.flatMap((demand, i): readonly Option[] => {
    const key = keys[i] ?? '';
    const use = uses.get(key);
    if (use === undefined || !canBeFiled(demand)) return [];
    let mentions = 0;
    for (const literal of demand.literals) mentions += use.literals.get(literal) ?? 0;
    const share = Math.min(1, mentions / (use.mentions + 2));
    const search = (demand.ofItem ? 2 : 1) * SEARCH_COST[demand.kind];
    return [{ demand, key, search, rest: share * cost + (demand.literals.length - 1) * COPY_COST }];
  });
}

function cheapest(
  options: readonly Option[],
  testCost: number,
  sharers: ReadonlyMap<string, number>,
): Option | null {
  let best: Option | null = null;
  let bestCost = testCost;
  for (const option of options) {
    const shared = sharers.get(option.key) ?? 0;
    const cost = option.search / shared + option.rest;
    if (cost < bestCost) {
      best = option;
      bestCost = cost;
    }
  }
  return best;
}

function canBeFiled({ kind, literals }: Demand): boolean {
  return kind !== 'part' || literals.every((text) => String(text).length >= GRAM_LENGTH);
}

function lookupOf(
  members: readonly { readonly demand: Demand; readonly entry: Entry }[],
  slotOf: (fact: string) => number,
  depth: number,
): Lookup {
  const [first] = members;
  const { fact, ofItem, kind } = (first as { readonly demand: Demand }).demand;
  const flat = members.flatMap(({ demand, entry }) =>
    demand.literals.map((literal) => ({ literal, demand, entry })),
  );
  const { filed, catalogue } = fileLiterals(
    kind,
    flat.map(({ literal }) => literal),
    (): Bucket => ({ entries: [], depth: depth + 1, node: null }),
  );
  for (const [i, { literal, demand, entry }] of flat.entries()) {
    const { group, whole } = filed[i] as (typeof filed)[number];
    const others = entry.demands.filter((other) => other !== demand);
    // What was filed under a piece of its literal is told apart by the rest of it in a further step.
    const demands = whole ? others : [...others, { ...demand, literals: [literal] }];
    group.entries.push({ ...entry, demands });
  }
  return { slot: slotOf(fact), ofItem, catalogue };
}

function pushTo<K, V>(groups: Map<K, V[]>, key: K, value: V): void {
  const known = groups.get(key);
  if (known === undefined) groups.set(key, [value]);
  else known.push(value);
}

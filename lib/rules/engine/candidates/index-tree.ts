import { type Branch, type Demand, type DemandKind, keyOf } from './demand.ts';
import type { FactSlots } from './fact-slots.ts';
import { type Form, folded } from './form.ts';
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

/** Entries that one lookup leads to: their node is made when it is first asked for, of ten thousand rules for a handful. */
export interface Bucket {
  readonly entries: Entry[];
  readonly depth: number;
}

/** What costs are compared in: nanoseconds, roughly, as `npm run bench` found them. Only their ratios matter. */
const SEARCH_COST: Readonly<Record<DemandKind, number>> = {
  value: 30,
  prefix: 150,
  suffix: 150,
  part: 400,
  atLeast: 60,
  atMost: 60,
};
/** What bringing a fact into a form costs beside. */
const FORM_COST: Readonly<Record<Form, number>> = { folded: 150, address: 100, instant: 150, age: 150 };
/** The share of findings that reach a bound, whatever the bound: those of one product often lie on one side of all. */
const REACHING = 0.5;
/** What asking for a size itself costs in a test: it is asked early, so that a finding beyond the bound costs no more than this. */
const SIZE_TEST_COST = { plain: 40, form: 300 } as const;
/** What each further literal costs: it files the entry once more, and a large index is a slow one. */
const COPY_COST = 0.2;
/** So many entries are cheaper to test one by one than to look up once more. */
const SMALL_BUCKET = 3;
const DEEPEST = 6;

/** Numbers facts, and the values that they are compared with. */
type Numbering = Pick<FactSlots, 'slotOf' | 'numberOf'>;

/** Builds an index over entries; its catalogues of values hold their numbers. */
export function buildIndex(entries: readonly Entry[], slots: Numbering, depth = 0): IndexNode {
  const always: number[] = [];
  const chosen = new Map<string, { readonly demand: Demand; readonly entry: Entry }[]>();
  const demands = depth < DEEPEST ? chooseDemands(entries) : [];
  for (const [i, entry] of entries.entries()) {
    const demand = demands[i] ?? null;
    if (demand === null) always.push(entry.rule);
    else pushTo(chosen, keyOf(demand), { demand, entry });
  }
  return {
    always: [...new Set(always)],
    lookups: [...chosen.values()].map((members) => lookupOf(members, slots, depth)),
  };
}

/** The node of a bucket. */
export function nodeOf({ entries, depth }: Bucket, slots: Numbering): IndexNode {
  if (entries.length > SMALL_BUCKET) return buildIndex(entries, slots, depth);
  return { always: [...new Set(entries.map(({ rule }) => rule))], lookups: [] };
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
  const options = entries.map((entry, i) => optionsOf(entry, keys[i] as readonly string[], uses));
  const choose = (sharers: ReadonlyMap<string, number>) =>
    entries.map(({ cost }, i) => cheapest(options[i] as readonly Option[], cost, sharers));
  const first = choose(new Map([...uses].map(([key, use]) => [key, use.entries])));
  const second = choose(sharersOf(first));
  return choose(sharersOf(second)).map((option) => option?.demand ?? null);
}

/** How many entries chose to be filed by each lookup. */
function sharersOf(chosen: readonly (Option | null)[]): ReadonlyMap<string, number> {
  const sharers = new Map<string, number>();
  for (const option of chosen)
    if (option !== null) sharers.set(option.key, (sharers.get(option.key) ?? 0) + 1);
  return sharers;
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
    if (!canBeFiled(demand)) return [];
    const key = keys[i] as string;
    const use = uses.get(key) as Use;
    let mentions = 0;
    for (const literal of demand.literals) mentions += use.literals.get(literal) as number;
    const share = Math.min(1, mentions / (use.mentions + 2));
    const form = demand.as === undefined ? 0 : FORM_COST[demand.as];
    const search = (demand.ofItem ? 2 : 1) * (SEARCH_COST[demand.kind] + form);
    const tests = isSize(demand) ? cost - sparedBySize(demand, cost) : share * cost;
    return [{ demand, key, search, rest: tests + (demand.literals.length - 1) * COPY_COST }];
  });
}

function isSize({ kind }: Demand): boolean {
  return kind === 'atLeast' || kind === 'atMost';
}

function sparedBySize({ as }: Demand, testCost: number): number {
  return (1 - REACHING) * Math.min(testCost, as === undefined ? SIZE_TEST_COST.plain : SIZE_TEST_COST.form);
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
  slots: Numbering,
  depth: number,
): Lookup {
  const [first] = members;
  const { fact, as, ofItem, kind } = (first as { readonly demand: Demand }).demand;
  const slot = slots.slotOf(fact, as);
  const flat = members.flatMap(({ demand, entry }) =>
    demand.literals.map((literal) => ({ literal, demand, entry })),
  );
  const { filed, catalogue } = fileLiterals(
    kind,
    flat.map(({ literal }) => {
      // Here, not where entries are worked out: another release of Node may know of more letters.
      const key = as === 'folded' ? folded(String(literal)) : literal;
      return kind === 'value' ? slots.numberOf(slot, key) : key;
    }),
    (): Bucket => ({ entries: [], depth: depth + 1 }),
  );
  for (const [i, { literal, demand, entry }] of flat.entries()) {
    const { group, whole } = filed[i] as (typeof filed)[number];
    const others = entry.demands.filter((other) => other !== demand);
    // What was filed under a piece of its literal is told apart by the rest of it in a further step.
    const demands = whole ? others : [...others, { ...demand, literals: [literal] }];
    group.entries.push({ ...entry, demands });
  }
  return { slot, ofItem, catalogue };
}

function pushTo<K, V>(groups: Map<K, V[]>, key: K, value: V): void {
  const known = groups.get(key);
  if (known === undefined) groups.set(key, [value]);
  else known.push(value);
}

import type { DemandKind } from './demand.ts';

/**
 * Literals of one kind, each filed in a group: what a value is searched with. Plain members instead of closures,
 * because `searchIn` runs some ten times for each finding.
 */
export interface Catalogue<T> {
  readonly kind: DemandKind;
  /**
   * By the literal itself, by the piece it was cut to, or for parts of texts by the hash of one of its pieces. Of sizes in
   * the order in which values reach them.
   */
  readonly groups: ReadonlyMap<unknown, T>;
  /** Of prefixes and suffixes: the lengths, in UTF-16 units, of the pieces; rising. */
  readonly lengths: readonly number[];
  /** Of parts: not 0 where a piece's hash has a group, at a place that the hash says. A power of two long. */
  readonly filter: Uint8Array;
}

/**
 * What a literal was filed in, and whether the key is all there is to the literal. Where it is not, the group still
 * has to be told apart by it.
 */
export interface Filed<T> {
  readonly group: T;
  readonly whole: boolean;
}

/** Files literals; `newGroup` makes a group for each key. What is filed where is given in the order of the literals. */
export function fileLiterals<T>(
  kind: DemandKind,
  literals: readonly unknown[],
  newGroup: () => T,
): { readonly filed: readonly Filed<T>[]; readonly catalogue: Catalogue<T> } {
  const groups = new Map<unknown, T>();
  const fileUnder = (key: unknown, whole: boolean): Filed<T> => {
    const group = groups.get(key) ?? newGroup();
    groups.set(key, group);
    return { group, whole };
  };
  const catalogue = { kind, groups, lengths: [], filter: NO_FILTER };
  if (kind === 'value') return { filed: literals.map((literal) => fileUnder(literal, true)), catalogue };
  if (kind === 'atLeast' || kind === 'atMost') {
    for (const bound of inOrderOfReach(kind, literals)) fileUnder(bound, true);
    return { filed: literals.map((literal) => fileUnder(literal, true)), catalogue };
  }
  const texts = literals.map(String);
  if (kind === 'part') {
    const keys = rarestGrams(texts);
    const filed = texts.map((text, i) => fileUnder(keys[i], text.length === GRAM_LENGTH));
    return { filed, catalogue: { ...catalogue, filter: filterOf(keys) } };
  }
  const lengths = lengthsOf(texts.map((text) => text.length));
  const filed = texts.map((text) => {
    const length = lengths.findLast((known) => known <= text.length) as number;
    return fileUnder(cut(text, length, kind), length === text.length);
  });
  return { filed, catalogue: { ...catalogue, lengths } };
}

/** Hands over the groups whose literal a value has; one may be handed over more than once. */
export function searchIn<T>(catalogue: Catalogue<T>, value: unknown, enter: (group: T) => void): void {
  const { kind, groups } = catalogue;
  if (kind === 'value') {
    const group = groups.get(value);
    if (group !== undefined) enter(group);
  } else if (kind === 'atLeast' || kind === 'atMost') {
    searchSizes(catalogue, value, enter);
  } else if (typeof value === 'string') {
    if (kind === 'part') searchParts(catalogue, value, enter);
    else searchPieces(catalogue, value, enter);
  }
}

function inOrderOfReach(kind: 'atLeast' | 'atMost', bounds: readonly unknown[]): readonly number[] {
  const rising = [...(bounds as readonly number[])].sort((a, b) => a - b);
  return kind === 'atLeast' ? rising : rising.reverse();
}

/** Numbers as the engine compares them: texts by what they say, lists by what is in them, which is left to it. */
function searchSizes<T>({ kind, groups }: Catalogue<T>, value: unknown, enter: (group: T) => void): void {
  const isAny = typeof value === 'object' && value !== null;
  const size = typeof value === 'string' ? Number(value) : value;
  if (!isAny && typeof size !== 'number') return;
  for (const [bound, group] of groups as ReadonlyMap<number, T>) {
    if (!isAny && !(kind === 'atLeast' ? (size as number) >= bound : (size as number) <= bound)) return;
    enter(group);
  }
}

/** More lengths mean more pieces cut from each text; what is cut short is told apart by a further search. */
const MOST_LENGTHS = 4;

/** Lengths in rising order, the shortest among them: each text is cut to the longest of them that it has. */
function lengthsOf(all: readonly number[]): readonly number[] {
  const lengths = [...new Set(all)].sort((a, b) => a - b);
  if (lengths.length <= MOST_LENGTHS) return lengths;
  const step = lengths.length / MOST_LENGTHS;
  return Array.from({ length: MOST_LENGTHS }, (_, i) => lengths[Math.floor(i * step)] as number);
}

/** Beginnings or ends of a text, the shortest first. */
function searchPieces<T>(
  { kind, groups, lengths }: Catalogue<T>,
  text: string,
  enter: (group: T) => void,
): void {
  for (const length of lengths) {
    if (length > text.length) return;
    const group = groups.get(cut(text, length, kind));
    if (group !== undefined) enter(group);
  }
}

function cut(text: string, length: number, kind: DemandKind): string {
  return kind === 'prefix' ? text.slice(0, length) : text.slice(text.length - length);
}

/** The length, in UTF-16 units, of the pieces by which parts of texts are found; shorter literals cannot be filed. */
export const GRAM_LENGTH = 5;
/** Entries of the filter for each text: few enough to stay in the cache, and few pieces that get through in vain. */
const FILTER_SHARE = 32;
const NO_FILTER = new Uint8Array(1);
/** How far a unit moves on with each that follows: once `GRAM_LENGTH` have followed, nothing of it is left in the window. */
const STEP_BITS = 6;
const WINDOW = 2 ** (STEP_BITS * GRAM_LENGTH) - 1;

/** Rolls a hash over the text. Pieces with equal hashes share a group, which is sound: it says what might be there. */
function searchParts<T>({ groups, filter }: Catalogue<T>, text: string, enter: (group: T) => void): void {
  const mask = filter.length - 1;
  const { length } = text;
  let hash = 0;
  for (let at = 0; at < length; at += 1) {
    hash = ((hash << STEP_BITS) + text.charCodeAt(at)) & WINDOW;
    if (filter[placeInFilter(hash) & mask] === 0 || at < GRAM_LENGTH - 1) continue;
    const group = groups.get(hash);
    if (group !== undefined) enter(group);
  }
}

/** The lowest bits of a hash are those of its last unit alone. */
function placeInFilter(hash: number): number {
  return hash ^ (hash >>> 11) ^ (hash >>> 22);
}

function filterOf(hashes: readonly number[]): Uint8Array {
  const filter = new Uint8Array(2 ** Math.ceil(Math.log2(FILTER_SHARE * hashes.length)));
  for (const hash of hashes) filter[placeInFilter(hash) & (filter.length - 1)] = 1;
  return filter;
}

/** For each text the hash of the piece that the fewest texts have. */
function rarestGrams(texts: readonly string[]): readonly number[] {
  const frequency = new Map<number, number>();
  const frequencyOf = (gram: number) => frequency.get(gram) ?? 0;
  for (const text of texts)
    for (const gram of new Set(gramsOf(text))) frequency.set(gram, frequencyOf(gram) + 1);
  return texts.map((text) =>
    gramsOf(text).reduce((known, gram) => (frequencyOf(gram) < frequencyOf(known) ? gram : known)),
  );
}

/** The hashes of all pieces of a text, as the rolling hash gives them. */
function gramsOf(text: string): readonly number[] {
  return Array.from({ length: text.length - GRAM_LENGTH + 1 }, (_, from) => {
    let hash = 0;
    for (let at = from; at < from + GRAM_LENGTH; at += 1)
      hash = ((hash << STEP_BITS) + text.charCodeAt(at)) & WINDOW;
    return hash;
  });
}

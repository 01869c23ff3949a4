import type { DemandKind } from './demand.ts';

/**
 * Literals of one kind, each filed in a group: what a value is searched with. Plain members instead of closures,
 * because `searchIn` runs some ten times for each finding.
 */
export interface Catalogue<T> {
  readonly kind: DemandKind;
  /** By the literal itself, by the piece it was cut to, or for parts of texts by the hash of one of its pieces. */
  readonly groups: ReadonlyMap<unknown, T>;
  /** Of prefixes and suffixes: the lengths, in UTF-16 units, of the pieces; rising. */
  readonly lengths: readonly number[];
  /** Of parts: not 0 where a piece's hash has a group, at the hash's lowest bits. A power of two long. */
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
  const texts = literals.map(String);
  if (kind === 'part') {
    const keys = rarestGrams(texts);
    const filed = texts.map((text, i) => fileUnder(keys[i], text.length === GRAM_LENGTH));
    return { filed, catalogue: { ...catalogue, filter: filterOf(keys) } };
  }
  const lengths = lengthsOf(texts.map((text) => text.length));
  const filed = texts.map((text) => {
    const length = lengths.findLast((known) => known <= text.length) ?? 0;
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
  } else if (typeof value !== 'string') {
    return;
  } else if (kind === 'part') {
    searchParts(catalogue, value, enter);
  } else {
    for (const length of catalogue.lengths) {
      if (length > value.length) return;
      const group = groups.get(cut(value, length, kind));
      if (group !== undefined) enter(group);
    }
  }
}

/** More lengths mean more pieces cut from each text; what is cut short is told apart by a further search. */
const MOST_LENGTHS = 4;

/** Lengths in rising order, the shortest among them: each text is cut to the longest of them that it has. */
function lengthsOf(all: readonly number[]): readonly number[] {
  const lengths = [...new Set(all)].sort((a, b) => a - b);
  if (lengths.length <= MOST_LENGTHS) return lengths;
  const step = lengths.length / MOST_LENGTHS;
  return Array.from({ length: MOST_LENGTHS }, (_, i) => lengths[Math.floor(i * step)] ?? 0);
}

function cut(text: string, length: number, kind: DemandKind): string {
  return kind === 'prefix' ? text.slice(0, length) : text.slice(text.length - length);
}

/** The length, in UTF-16 units, of the pieces by which parts of texts are found; shorter literals cannot be filed. */
export const GRAM_LENGTH = 5;
/** Entries of the filter for each text: few enough to stay in the cache, and few pieces that get through in vain. */
const FILTER_SHARE = 32;
const NO_FILTER = new Uint8Array(1);
const FACTOR = 31;
/** What the unit that leaves the window weighs by then. */
const LEAVING = FACTOR ** GRAM_LENGTH;

/** Rolls a hash over the text. Pieces with equal hashes share a group, which is sound: it says what might be there. */
function searchParts<T>({ groups, filter }: Catalogue<T>, text: string, enter: (group: T) => void): void {
  const mask = filter.length - 1;
  let hash = 0;
  for (let at = 0; at < text.length; at += 1) {
    hash = (Math.imul(hash, FACTOR) + text.charCodeAt(at)) | 0;
    if (at >= GRAM_LENGTH) hash = (hash - Math.imul(LEAVING, text.charCodeAt(at - GRAM_LENGTH))) | 0;
    if (at < GRAM_LENGTH - 1 || filter[hash & mask] === 0) continue;
    const group = groups.get(hash);
    if (group !== undefined) enter(group);
  }
}

function filterOf(hashes: readonly number[]): Uint8Array {
  const filter = new Uint8Array(2 ** Math.ceil(Math.log2(FILTER_SHARE * hashes.length)));
  for (const hash of hashes) filter[hash & (filter.length - 1)] = 1;
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
      hash = (Math.imul(hash, FACTOR) + text.charCodeAt(at)) | 0;
    return hash;
  });
}

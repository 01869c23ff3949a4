import type { DemandKind } from './demand.ts';

/** Finds the groups whose literal a value has, and hands each to `enter`; one may be handed over more than once. */
export type Search<T> = (value: unknown, enter: (group: T) => void) => void;

/**
 * What a literal was entered under: the group, and whether the key is all there is to the literal. Where it is not,
 * the group still has to be told apart by it.
 */
export interface Filed<T> {
  readonly group: T;
  readonly whole: boolean;
}

/**
 * Files literals for a kind of search. `groupFor` gives the group of a key, the same for the same key.
 *
 * @returns where each literal was filed, in their order, and the search
 */
export function fileLiterals<T>(
  kind: DemandKind,
  literals: readonly unknown[],
  newGroup: () => T,
): { readonly filed: readonly Filed<T>[]; readonly search: Search<T> } {
  if (kind === 'part') return filePartsOfTexts(literals.map(String), newGroup);
  const groups = new Map<unknown, T>();
  const fileUnder = (key: unknown, whole: boolean): Filed<T> => {
    const group = groups.get(key) ?? newGroup();
    groups.set(key, group);
    return { group, whole };
  };
  if (kind === 'value') {
    const filed = literals.map((literal) => fileUnder(literal, true));
    return {
      filed,
      search: (value, enter) => {
        const group = groups.get(value);
        if (group !== undefined) enter(group);
      },
    };
  }
  const lengths = lengthsOf(literals.map((text) => String(text).length));
  const cut = kind === 'prefix' ? cutFront : cutBack;
  const filed = literals.map((literal) => {
    const text = String(literal);
    const length = lengths.findLast((known) => known <= text.length) ?? 0;
    return fileUnder(cut(text, length), length === text.length);
  });
  return {
    filed,
    search: (value, enter) => {
      if (typeof value !== 'string') return;
      for (const length of lengths) {
        if (length > value.length) return;
        const group = groups.get(cut(value, length));
        if (group !== undefined) enter(group);
      }
    },
  };
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

const cutFront = (text: string, length: number): string => text.slice(0, length);
const cutBack = (text: string, length: number): string => text.slice(text.length - length);

/** The length, in UTF-16 units, of the pieces by which parts of texts are found; shorter literals cannot be filed. */
export const GRAM_LENGTH = 5;
/** Entries of the filter for each text: few enough to stay in the cache, enough to let one piece in eight through. */
const FILTER_SHARE = 8;
const FACTOR = 31;
/** FACTOR to the power of GRAM_LENGTH: what the unit that leaves the window weighs then. */
const LEAVING = FACTOR ** GRAM_LENGTH;

/**
 * Files texts that may stand anywhere in a value, each under its rarest piece. The search rolls a hash over the
 * value; pieces with equal hashes share a group, which is sound: a group only says what might be there.
 */
function filePartsOfTexts<T>(
  texts: readonly string[],
  newGroup: () => T,
): { readonly filed: readonly Filed<T>[]; readonly search: Search<T> } {
  const frequency = new Map<number, number>();
  for (const text of texts)
    for (const gram of new Set(gramsOf(text))) frequency.set(gram, (frequency.get(gram) ?? 0) + 1);
  const groups = new Map<number, T>();
  const filter = new Uint8Array(2 ** Math.ceil(Math.log2(FILTER_SHARE * texts.length)));
  const mask = filter.length - 1;
  const filed = texts.map((text) => {
    const rarest = gramsOf(text).reduce((known, gram) =>
      (frequency.get(gram) ?? 0) < (frequency.get(known) ?? 0) ? gram : known,
    );
    const group = groups.get(rarest) ?? newGroup();
    groups.set(rarest, group);
    filter[rarest & mask] = 1;
    return { group, whole: text.length === GRAM_LENGTH };
  });
  return {
    filed,
    search: (value, enter) => {
      if (typeof value !== 'string') return;
      let hash = 0;
      for (let at = 0; at < value.length; at += 1) {
        hash = (Math.imul(hash, FACTOR) + value.charCodeAt(at)) | 0;
        if (at >= GRAM_LENGTH) hash = (hash - Math.imul(LEAVING, value.charCodeAt(at - GRAM_LENGTH))) | 0;
        if (at < GRAM_LENGTH - 1 || filter[hash & mask] === 0) continue;
        const group = groups.get(hash);
        if (group !== undefined) enter(group);
      }
    },
  };
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

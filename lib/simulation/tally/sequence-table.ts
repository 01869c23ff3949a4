import { createColumn } from './column.ts';

/** Sequences of numbers of 32 bits: each is kept once, and numbered from 0 as they come. */
export interface SequenceTable {
  readonly length: () => number;
  /** The number of this sequence, the next one where there was none like it. */
  readonly numberOf: (sequence: readonly number[]) => number;
  /** A copy. */
  readonly at: (number: number) => readonly number[];
}

const FIRST_CAPACITY = 1024;
const FULLEST = 0.6;
/** http://www.isthe.com/chongo/tech/comp/fnv/index.html */
const FNV = { basis: 0x811c9dc5, prime: 0x0100_0193 };

/**
 * Open addressing with linear probing; a slot is free where it is 0, so numbers are kept one higher. A sequence costs
 * four bytes a member and some ten beside: as text in a Map it would cost hundreds.
 */
export function createSequenceTable(): SequenceTable {
  const numbers = (capacity: number) => new Uint32Array(capacity);
  const members = createColumn(numbers);
  /** Where each begins, and at the end where the next one will. */
  const starts = createColumn(numbers);
  starts.push(0);
  let slots = numbers(FIRST_CAPACITY);
  const length = () => starts.length() - 1;

  const at = (number: number): readonly number[] => {
    const start = starts.at(number);
    return Array.from({ length: starts.at(number + 1) - start }, (_, i) => members.at(start + i));
  };

  const isAt = (number: number, sequence: readonly number[]): boolean => {
    const start = starts.at(number);
    if (starts.at(number + 1) - start !== sequence.length) return false;
    return sequence.every((member, i) => members.at(start + i) === member);
  };

  /** The slot of a sequence, or the free one where it would go. */
  const slotOf = (sequence: readonly number[]): number => {
    let slot = hashOf(sequence) & (slots.length - 1);
    for (let stored = slots[slot] ?? 0; stored !== 0; stored = slots[slot] ?? 0) {
      if (isAt(stored - 1, sequence)) break;
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  };

  const grow = (): void => {
    slots = numbers(slots.length * 2);
    for (let number = 0; number < length(); number += 1) slots[slotOf(at(number))] = number + 1;
  };

  return {
    length,
    at,
    numberOf(sequence) {
      const known = slots[slotOf(sequence)] ?? 0;
      if (known !== 0) return known - 1;
      if (length() + 1 > slots.length * FULLEST) grow();
      const number = length();
      slots[slotOf(sequence)] = number + 1;
      for (const member of sequence) members.push(member);
      starts.push(members.length());
      return number;
    },
  };
}

function hashOf(sequence: readonly number[]): number {
  let hash = FNV.basis;
  for (const member of sequence) {
    hash = Math.imul(hash ^ (member & 0xffff), FNV.prime);
    hash = Math.imul(hash ^ (member >>> 16), FNV.prime);
  }
  // The low bits choose the slot: the high ones are to tell there too.
  return (hash ^ (hash >>> 15)) >>> 0;
}

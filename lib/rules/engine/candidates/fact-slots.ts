import type { FactReader, Subject } from '../fact.ts';

/** Reads the facts of one subject, each at most once, under small numbers instead of names. */
export interface FactSlots {
  /** The number of a fact, the same for the same name. */
  slotOf(fact: string): number;
  /** Turns to another subject. Readings are only valid until the next call: nothing in between may be asynchronous. */
  begin(subject: Subject): void;
  read(slot: number): unknown;
  /** The instant of the present subject, in ms since 1970. */
  nowMs(): number;
}

export function createFactSlots(readerFor: (fact: string) => FactReader): FactSlots {
  const slots = new Map<string, number>();
  const readers: FactReader[] = [];
  const values: unknown[] = [];
  /** The turn in which a slot was read. */
  const readIn: number[] = [];
  let turn = 0;
  let subject: Subject = { member: () => undefined, event: { detailType: '' }, nowMs: 0 };
  return {
    slotOf: (fact) => {
      const known = slots.get(fact);
      if (known !== undefined) return known;
      const slot = readers.push(readerFor(fact)) - 1;
      values.push(undefined);
      readIn.push(0);
      slots.set(fact, slot);
      return slot;
    },
    begin: (next) => {
      subject = next;
      turn += 1;
    },
    read: (slot) => {
      if (readIn[slot] === turn) return values[slot];
      readIn[slot] = turn;
      const value = readers[slot]?.(subject);
      values[slot] = value;
      return value;
    },
    nowMs: () => subject.nowMs,
  };
}

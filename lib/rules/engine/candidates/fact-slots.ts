import type { FactReader, Subject } from '../fact.ts';

/** Reads the facts of one subject, each at most once, under small numbers instead of names. */
export class FactSlots {
  /** The instant of the present subject, in ms since 1970. */
  nowMs = 0;
  readonly #readerFor: (fact: string) => FactReader;
  readonly #slots = new Map<string, number>();
  readonly #readers: FactReader[] = [];
  readonly #values: unknown[] = [];
  /** The turn in which a slot was read. */
  readonly #readIn: number[] = [];
  #turn = 0;
  #subject: Subject = { member: () => undefined, event: { detailType: '' }, nowMs: 0 };

  constructor(readerFor: (fact: string) => FactReader) {
    this.#readerFor = readerFor;
  }

  /** The number of a fact, the same for the same name. */
  slotOf(fact: string): number {
    const known = this.#slots.get(fact);
    if (known !== undefined) return known;
    const slot = this.#readers.push(this.#readerFor(fact)) - 1;
    this.#values.push(undefined);
    this.#readIn.push(0);
    this.#slots.set(fact, slot);
    return slot;
  }

  /** Turns to another subject. Readings are only valid until the next call: nothing in between may be asynchronous. */
  begin(subject: Subject): void {
    this.#subject = subject;
    this.nowMs = subject.nowMs;
    this.#turn += 1;
  }

  read(slot: number): unknown {
    if (this.#readIn[slot] === this.#turn) return this.#values[slot];
    this.#readIn[slot] = this.#turn;
    const value = (this.#readers[slot] as FactReader)(this.#subject);
    this.#values[slot] = value;
    return value;
  }
}

import type { FactReader, Subject } from '../fact.ts';
import { type Form, formed } from './form.ts';

/** What a value is numbered that no rule compares the fact with. */
const OTHER = 0;
/** In place of a value's number, and of the count of a list's items: not looked at yet in this turn. */
const UNREAD = -1;
const NO_LIST = -2;

/** What is known of one fact: of all findings the numbers of values, of the present one what was read. */
interface Slot {
  readonly reader: FactReader;
  readonly numbers: Map<unknown, number>;
  readonly itemNumbers: number[];
  /** The turn in which the fact was read; what follows is of the same turn. */
  readIn: number;
  value: unknown;
  valueNumber: number;
  itemCount: number;
}

/**
 * Reads the facts of one subject, each at most once, under small numbers instead of names. Values that rules compare a
 * fact with are numbered too: one lookup a fact and finding, and every comparison after it is one of small numbers.
 */
export class FactSlots {
  /** The instant of the present subject, in ms since 1970. */
  nowMs = 0;
  readonly #readerFor: (fact: string) => FactReader;
  readonly #places = new Map<string, number>();
  /** One object for each fact: what is asked of it one after another lies together. */
  readonly #slots: Slot[] = [];
  #turn = 0;
  #subject: Subject | null = null;

  constructor(readerFor: (fact: string) => FactReader) {
    this.#readerFor = readerFor;
  }

  /** The number of a fact, or of a form of it; the same for the same name. */
  slotOf(fact: string, form?: Form): number {
    const name = `${form ?? ''} ${fact}`;
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    const reader = form === undefined ? this.#readerFor(fact) : this.#readerOfForm(fact, form);
    const place = this.#slots.length;
    this.#slots.push({
      reader,
      numbers: new Map(),
      itemNumbers: [],
      readIn: 0,
      value: undefined,
      valueNumber: UNREAD,
      itemCount: UNREAD,
    });
    this.#places.set(name, place);
    return place;
  }

  #readerOfForm(fact: string, form: Form): FactReader {
    const plain = this.slotOf(fact);
    return () => formed(form, this.read(plain), this.nowMs);
  }

  /** The number, from 1, of a value that a rule compares the fact with. Values are told apart as `===` does: rules are JSON, which has no NaN. */
  numberOf(place: number, literal: unknown): number {
    const slot = this.#slots[place] as Slot;
    const known = slot.numbers.get(literal);
    if (known !== undefined) return known;
    const number = slot.numbers.size + 1;
    slot.numbers.set(literal, number);
    // The present value may be this very one.
    slot.valueNumber = UNREAD;
    slot.itemCount = UNREAD;
    return number;
  }

  /** Turns to another subject. Readings are only valid until the next call: nothing in between may be asynchronous. */
  begin(subject: Subject): void {
    this.#subject = subject;
    this.nowMs = subject.nowMs;
    this.#turn += 1;
  }

  read(place: number): unknown {
    return this.#present(place).value;
  }

  /** The number of the fact's value; 0 where no rule compares it with that. */
  valueNumber(place: number): number {
    const slot = this.#present(place);
    if (slot.valueNumber === UNREAD) slot.valueNumber = slot.numbers.get(slot.value) ?? OTHER;
    return slot.valueNumber;
  }

  /** Whether the fact is a list. */
  isList(place: number): boolean {
    return this.#countItems(place) !== NO_LIST;
  }

  /** How many items of the fact have a number; 0 where it is no list. */
  itemCount(place: number): number {
    return Math.max(0, this.#countItems(place));
  }

  /** The number of one of the items that `itemCount` counts, which has to be asked for first. */
  itemNumber(place: number, item: number): number {
    return (this.#slots[place] as Slot).itemNumbers[item] as number;
  }

  #countItems(place: number): number {
    const slot = this.#present(place);
    if (slot.itemCount === UNREAD) slot.itemCount = numberItems(slot);
    return slot.itemCount;
  }

  /** The slot, read. */
  #present(place: number): Slot {
    const slot = this.#slots[place] as Slot;
    if (slot.readIn === this.#turn) return slot;
    slot.value = slot.reader(this.#subject as Subject);
    // Only now: where the reader throws, the value of the subject before must not pass for this one's.
    slot.readIn = this.#turn;
    slot.valueNumber = UNREAD;
    slot.itemCount = UNREAD;
    return slot;
  }
}

function numberItems({ value, numbers, itemNumbers }: Slot): number {
  if (!Array.isArray(value)) return NO_LIST;
  let count = 0;
  for (let i = 0; i < value.length; i += 1) {
    const number = numbers.get(value[i]);
    if (number === undefined) continue;
    itemNumbers[count] = number;
    count += 1;
  }
  return count;
}

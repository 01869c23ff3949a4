import { describe, expect, it } from 'vitest';
import { FactSlots } from '../../../../lib/rules/engine/candidates/fact-slots.ts';
import { type Subject, subjectOf } from '../../../../lib/rules/engine/fact.ts';

const bearing = (Title: unknown): Subject => subjectOf({ Title }, { detailType: 'x' }, 0);
const slotsOfTitle = () =>
  new FactSlots(
    () =>
      ({ member }) =>
        member('Title'),
  );

describe('slots of facts', () => {
  it('never pass the value of one finding for that of the next, whose reader throws', () => {
    const slots = new FactSlots(() => ({ member }) => {
      if (member('Title') === 'bad') throw new Error('unreadable');
      return member('Title');
    });
    const title = slots.slotOf('Title');
    slots.begin(bearing('good'));
    expect(slots.read(title)).toBe('good');

    slots.begin(bearing('bad'));

    expect(() => slots.read(title)).toThrow('unreadable');
    expect(() => slots.read(title)).toThrow('unreadable');
    expect(() => slots.valueNumber(title)).toThrow('unreadable');
  });

  it('number values as === tells them apart', () => {
    const slots = slotsOfTitle();
    const title = slots.slotOf('Title');
    const numberOf = (value: unknown) => {
      slots.begin(bearing(value));
      return slots.valueNumber(title);
    };
    const list = ['5'];
    const [text, number, zero] = ['5', 5, 0].map((literal) => slots.numberOf(title, literal));
    slots.numberOf(title, list);

    expect(numberOf('5')).toBe(text);
    expect(numberOf(5)).toBe(number);
    expect(text).not.toBe(number);
    expect(numberOf(-0)).toBe(zero);
    for (const other of [undefined, null, false, '', ['5'], Number.NaN]) expect(numberOf(other)).toBe(0);
  });

  it('number the items of a list anew when a rule asks for another of them', () => {
    const slots = slotsOfTitle();
    const title = slots.slotOf('Title');
    const b = slots.numberOf(title, 'b');
    slots.begin(bearing(['a', 'b', 'c']));
    expect(slots.itemCount(title)).toBe(1);

    const a = slots.numberOf(title, 'a');

    expect(slots.itemCount(title)).toBe(2);
    expect([slots.itemNumber(title, 0), slots.itemNumber(title, 1)]).toEqual([a, b]);
    expect(slots.isList(title)).toBe(true);
  });

  it('tell an empty list from no list', () => {
    const slots = slotsOfTitle();
    const title = slots.slotOf('Title');

    slots.begin(bearing([]));
    expect([slots.isList(title), slots.itemCount(title)]).toEqual([true, 0]);
    slots.begin(bearing('a'));
    expect([slots.isList(title), slots.itemCount(title)]).toEqual([false, 0]);
  });
});

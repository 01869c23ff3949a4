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

  it('count the items of a list once for a finding, and none behind its end', () => {
    const slots = slotsOfTitle();
    const title = slots.slotOf('Title');
    for (const literal of ['a', 'b', undefined]) slots.numberOf(title, literal);
    const list = ['a', 'c'];
    slots.begin(bearing(list));
    expect(slots.itemCount(title)).toBe(1);

    list.push('b');

    expect(slots.itemCount(title)).toBe(1);
    slots.begin(bearing(list));
    expect(slots.itemCount(title)).toBe(2);
  });

  it('tell an empty list from no list', () => {
    const slots = slotsOfTitle();
    const title = slots.slotOf('Title');

    slots.begin(bearing([]));
    expect([slots.isList(title), slots.itemCount(title)]).toEqual([true, 0]);
    slots.begin(bearing('a'));
    expect([slots.isList(title), slots.itemCount(title)]).toEqual([false, 0]);
  });

  it('read each fact once for a finding, its forms by the same reading, and none that is not asked for', () => {
    const reads: string[] = [];
    const slots = new FactSlots((fact) => ({ member }) => {
      reads.push(fact);
      return member(fact);
    });
    const [title, other] = ['Title', 'Other'].map((fact) => slots.slotOf(fact));
    const place = title as number;
    const folded = slots.slotOf('Title', 'folded');
    const a = slots.numberOf(place, 'A');
    const look = () => [
      slots.read(folded),
      slots.read(place),
      slots.valueNumber(place),
      slots.itemCount(place),
    ];

    slots.begin(bearing('A'));
    expect([look(), look()]).toEqual([
      ['a', 'A', a, 0],
      ['a', 'A', a, 0],
    ]);
    expect(reads).toEqual(['Title']);
    slots.begin(bearing('B'));
    expect(look()).toEqual(['b', 'B', 0, 0]);
    expect(reads).toEqual(['Title', 'Title']);
    expect(other).not.toBe(title);
  });

  it('are one for each fact, and one for each form of it', () => {
    const slots = slotsOfTitle();
    const [title, folded, instant] = [undefined, 'folded', 'instant'].map((form) =>
      slots.slotOf('Title', form as 'folded' | undefined),
    );

    expect(new Set([title, folded, instant, slots.slotOf('Region')]).size).toBe(4);
    expect(slots.slotOf('Title')).toBe(title);
    expect(slots.slotOf('Title', 'folded')).toBe(folded);
    expect(slots.slotOf('folded Title')).not.toBe(folded);
  });

  it('number the literals of a fact from 1, in the order they come, and each once', () => {
    const slots = slotsOfTitle();
    const title = slots.slotOf('Title');

    expect(['a', 'b', 'a', 'c'].map((literal) => slots.numberOf(title, literal))).toEqual([1, 2, 1, 3]);
    expect(slots.numberOf(slots.slotOf('Region'), 'z')).toBe(1);
  });

  it('number the present value anew when a rule asks for it', () => {
    const slots = slotsOfTitle();
    const title = slots.slotOf('Title');
    slots.begin(bearing('a'));
    expect(slots.valueNumber(title)).toBe(0);

    const a = slots.numberOf(title, 'a');

    expect(slots.valueNumber(title)).toBe(a);
  });

  it('tell ages by the instant of the subject', () => {
    const slots = slotsOfTitle();
    const age = slots.slotOf('Title', 'age');
    const at = (nowMs: number) => {
      slots.begin(subjectOf({ Title: '1970-01-01T00:00:00Z' }, { detailType: 'x' }, nowMs));
      return [slots.nowMs, slots.read(age)];
    };

    expect([at(5), at(7)]).toEqual([
      [5, 5],
      [7, 7],
    ]);
  });
});

import { describe, expect, it, vi } from 'vitest';
import { valueTestOf } from '../../../../lib/rules/engine/candidates/value-test.ts';
import type { EngineOperator } from '../../../../lib/rules/engine/engine-internals.ts';

/** An engine whose operators all say yes, and tell what they were asked. */
function engine() {
  const asked: unknown[] = [];
  const operatorAt = vi.fn((name: string, nowMs: number): EngineOperator | null =>
    name === 'absent'
      ? null
      : { evaluate: (value, literal) => asked.push([name, nowMs, value, literal]) > 0 },
  );
  return { asked, operatorAt };
}

describe('the test of a value', () => {
  it.each<[string, unknown, unknown]>([
    ['equal', 'a', 'a'],
    ['notEqual', 'a', 'a'],
    ['in', ['a'], 'a'],
    ['notIn', ['a'], 'a'],
    ['contains', 'a', ['a']],
    ['doesNotContain', 'a', ['a']],
    ['startsWith', 'a', 'ab'],
    ['startsWith', 1, '1'],
    ['endsWith', 'b', 'ab'],
    ['includes', 'b', 'ab'],
    ['lessThan', 1, 2],
    ['lessThanInclusive', 1, 2],
    ['greaterThan', 1, 2],
    ['greaterThanInclusive', 1, undefined],
    ['exists', true, null],
    ['olderThanDays', 1, '2026-01-01'],
    ['olderThanDays', '1', '2026-01-01'],
    ['newerThanDays', 1, '2026-01-01'],
    ['newerThanDays', '1', '2026-01-01'],
    ['glob', 'a*', 'ab'],
    ['glob', 1, '1'],
    ['matches', 'a.*', 'ab'],
    ['not:equal', 'a', 'a'],
    ['someFact:equal', 'a', ['a']],
    ['everyFact:equal', 'a', ['a']],
    ['someValue:equal', ['a'], 'a'],
    ['everyValue:equal', ['a'], 'a'],
  ])('never asks the engine about %s %j', (operator, literal, value) => {
    const { operatorAt } = engine();

    valueTestOf(operator, literal, operatorAt)(value, 0);

    expect(operatorAt).not.toHaveBeenCalled();
  });

  const five = ['a', 'b', 'c', 'd', 1];

  it.each<[string, unknown, readonly unknown[], readonly unknown[]]>([
    // What holds, and what does not.
    ['equal', 'a', ['a'], ['b', ['a'], null, undefined]],
    ['notEqual', 'a', ['b', ['a'], null, undefined], ['a']],
    ['in', ['a', 1], ['a', 1], ['b', '1', ['a'], undefined]],
    ['notIn', ['a', 1], ['b', '1', ['a'], undefined], ['a', 1]],
    ['in', five, ['a', 1], ['e', '1', ['a'], undefined]],
    ['notIn', five, ['e', '1', ['a'], undefined], ['a', 1]],
    ['contains', 'a', [['b', 'a'], ['a']], [['b'], [], 'a', undefined]],
    ['doesNotContain', 'a', [['b'], []], [['b', 'a'], ['a'], 'b', undefined]],
    ['startsWith', 'ab', ['abc', 'ab'], ['cab', 'a', ['ab'], undefined]],
    ['endsWith', 'ab', ['cab', 'ab'], ['abc', 'b', ['ab'], undefined]],
    ['includes', 'ab', ['cabc', 'ab'], ['acb', ['ab'], undefined]],
    ['startsWith', 1, [], ['1', 1]],
    ['lessThan', 5, [4.9], [5, 6]],
    ['lessThanInclusive', 5, [4.9, 5], [5.1]],
    ['greaterThan', 5, [5.1], [5, 4]],
    ['greaterThanInclusive', 5, [5, 5.1], [4.9, undefined]],
    ['exists', true, ['a', 0, '', false, []], [null, undefined]],
    ['exists', false, [null, undefined], ['a', 0, '', false, []]],
    ['exists', 'true', [], ['a', null]],
    ['glob', 'a*', ['a', 'abc'], ['ba', ['a'], undefined]],
    ['matches', 'a+', ['a', 'aa'], ['ab', ['a'], undefined]],
    ['glob', 1, [], ['1', 1]],
    ['not:equal', 'a', ['b', undefined], ['a']],
    ['someFact:equal', 'a', [['b', 'a']], [['b'], [], 'a', undefined]],
    ['everyFact:equal', 'a', [['a', 'a'], []], [['a', 'b'], 'a', undefined]],
    ['someValue:startsWith', ['a', 'b'], ['ax', 'bx'], ['cx', undefined]],
    ['everyValue:startsWith', ['a', 'ab'], ['abc'], ['ac', undefined]],
    ['someValue:startsWith', [], [], ['a']],
    ['everyValue:startsWith', [], ['a'], []],
    ['not:someFact:equal', 'a', [['b'], 'a'], [['a']]],
    ['someFact:not:equal', 'a', [['a', 'b']], [['a'], 'b']],
  ])('%s %j holds of %j and not of %j', (operator, literal, held, missed) => {
    const test = valueTestOf(operator, literal, engine().operatorAt);

    expect(held.filter((value) => test(value, 0) !== true)).toEqual([]);
    expect(missed.filter((value) => test(value, 0) !== false)).toEqual([]);
  });

  it.each<[string, unknown, unknown]>([
    ['in', 'abc', 'a'],
    ['notIn', 'abc', 'a'],
    ['lessThan', '1', 2],
    ['lessThan', 1, '2'],
    ['greaterThan', 1, null],
    ['equalsIgnoreCase', 'a', 'A'],
    ['inCidr', '10.0.0.0/8', '10.0.0.1'],
    ['anyElement', { all: [] }, []],
    ['someValue:equal', 'a', 'a'],
    ['everyValue:equal', 'a', 'a'],
    ['swap:in', 'a', ['a']],
  ])('leaves %s %j of %j to the engine, whatever it says', (operator, literal, value) => {
    const { asked, operatorAt } = engine();

    expect(valueTestOf(operator, literal, operatorAt)(value, 7)).toBe(true);
    expect(asked).toEqual([[operator, 7, value, literal]]);
  });

  it('fetches an operator once for an instant', () => {
    const { asked, operatorAt } = engine();
    const test = valueTestOf('inCidr', 'x', operatorAt);

    for (const nowMs of [1, 1, 2, 2, 1]) test('a', nowMs);

    expect(operatorAt.mock.calls).toEqual([1, 2, 1].map((nowMs) => ['inCidr', nowMs]));
    expect(asked).toHaveLength(5);
  });

  it('throws, as the engine will, where there is no such operator', () => {
    const { operatorAt } = engine();

    expect(() => valueTestOf('absent', 'a', operatorAt)('a', 0)).toThrow('There is no operator absent.');
  });

  it('looks values up among more than four literals, and walks fewer', () => {
    const { operatorAt } = engine();
    const [four, five] = [
      ['a', 'b', 'c', 'd'],
      ['a', 'b', 'c', 'd', 'e'],
    ].map((literals) => valueTestOf('in', literals, operatorAt));
    const walks = vi.spyOn(Array.prototype, 'indexOf');

    const [byFour, afterFour] = [four?.('d', 0), walks.mock.calls.length];
    const [byFive, afterFive] = [five?.('e', 0), walks.mock.calls.length];
    walks.mockRestore();

    expect([byFour, afterFour, byFive, afterFive]).toEqual([true, 1, true, 1]);
  });

  it.each([
    ['matches', 'a[0-9]', true, false],
    ['someFact:matches', 'a[0-9]', true, false],
    ['everyFact:matches', 'a[0-9]', true, false],
    ['someValue:matches', ['a[0-9]'], true, false],
    ['everyValue:matches', ['a[0-9]'], true, false],
    // The opposite of too many would be too few.
    ['not:matches', 'a[0-9]', true, true],
    ['not:not:matches', 'a[0-9]', false, false],
    ['someFact:not:matches', 'a[0-9]', true, true],
  ])('%s %j says yes too often where that is enough: %s, exactly: %s', (operator, literal, over, exact) => {
    const { operatorAt } = engine();
    const value = /Fact/.test(operator) ? ['ax'] : 'ax';

    expect(valueTestOf(operator, literal, operatorAt, 'over')(value, 0)).toBe(over);
    expect(valueTestOf(operator, literal, operatorAt, 'exact')(value, 0)).toBe(exact);
    expect(valueTestOf(operator, literal, operatorAt)(value, 0)).toBe(exact);
  });

  it('measures ages in days, and bounds to the millisecond', () => {
    const { operatorAt } = engine();
    const now = Date.parse('2026-06-15T12:00:00Z');
    const older = valueTestOf('olderThanDays', 1, operatorAt);
    const newer = valueTestOf('newerThanDays', 1, operatorAt);
    const told = (value: unknown) => [older(value, now), newer(value, now)];

    expect(told('2026-06-14T12:00:00.001Z')).toEqual([false, true]);
    expect(told('2026-06-14T12:00:00.000Z')).toEqual([false, false]);
    expect(told('2026-06-14T11:59:59.999Z')).toEqual([true, false]);
    expect(told(now)).toEqual([false, false]);
    expect(valueTestOf('olderThanDays', '0', operatorAt)('2020-01-01', now)).toBe(false);
    expect(valueTestOf('newerThanDays', '9999', operatorAt)('2020-01-01', now)).toBe(false);
  });
});

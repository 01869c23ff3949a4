import { describe, expect, it } from 'vitest';
import { cheapFirst, testCostOf } from '../../../../lib/rules/engine/candidates/test-cost.ts';
import type { Condition } from '../../../../lib/rules/rule.ts';

const leaf = (operator: string, fact = 'Title'): Condition => ({ fact, operator, value: 'x' });
const [equal, age, pattern] = [leaf('equal'), leaf('olderThanDays'), leaf('matches')];
const named: Condition = { condition: 'shared' };

describe('what a test of a condition costs', () => {
  it.each(['glob', 'matches', 'not:someFact:glob'])('is most for patterns: %s', (operator) => {
    expect(testCostOf(leaf(operator))).toBe(testCostOf(pattern));
    expect(testCostOf(leaf(operator))).toBeGreaterThan(testCostOf(age));
  });

  it.each(['anyElement', 'inCidr', 'before', 'after', 'newerThanDays'])(
    'is more for %s than for equality',
    (operator) => {
      expect(testCostOf(leaf(operator))).toBe(testCostOf(age));
      expect(testCostOf(age)).toBeGreaterThan(testCostOf(equal));
    },
  );

  it('is that of equality for all that compare texts and numbers', () => {
    for (const operator of ['in', 'startsWith', 'someFact:equal', 'greaterThan', 'exists'])
      expect(testCostOf(leaf(operator))).toBe(testCostOf(equal));
  });

  it('is twice as much on lists', () => {
    for (const operator of ['equal', 'olderThanDays', 'matches'])
      expect(testCostOf(leaf(operator, 'Resources[*].Id'))).toBe(2 * testCostOf(leaf(operator)));
  });

  it('is of groups that of all in them, and of an opposite the same', () => {
    const all = testCostOf(equal) + testCostOf(age) + testCostOf(pattern);

    expect(testCostOf({ all: [equal, age, pattern] })).toBe(all);
    expect(testCostOf({ any: [equal, { all: [age] }, pattern] })).toBe(all);
    expect(testCostOf({ not: { any: [equal, age, pattern] } })).toBe(all);
    expect(testCostOf({ any: [] })).toBe(0);
  });

  it('puts shared conditions, which are not looked into, between comparisons and ages', () => {
    const conditions = [pattern, age, named, equal];

    expect(cheapFirst(conditions)).toEqual([equal, named, age, pattern]);
    expect(conditions).toEqual([pattern, age, named, equal]);
  });
});

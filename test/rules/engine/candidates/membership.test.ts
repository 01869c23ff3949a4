import { describe, expect, it } from 'vitest';
import { membershipOf } from '../../../../lib/rules/engine/candidates/membership.ts';

describe('a membership', () => {
  it.each([
    ['equal', 'a', { of: 'value', literals: ['a'], negated: false }],
    ['notEqual', 'a', { of: 'value', literals: ['a'], negated: true }],
    ['in', ['a', 1], { of: 'value', literals: ['a', 1], negated: false }],
    ['notIn', ['a', 1], { of: 'value', literals: ['a', 1], negated: true }],
    ['contains', 'a', { of: 'someItem', literals: ['a'], negated: false }],
    ['someFact:equal', 'a', { of: 'someItem', literals: ['a'], negated: false }],
    ['someFact:in', ['a'], { of: 'someItem', literals: ['a'], negated: false }],
    ['doesNotContain', 'a', { of: 'noItem', literals: ['a'], negated: false }],
  ])('is what %s asks of %j', (operator, value, expected) => {
    expect(membershipOf(operator, value)).toEqual(expected);
  });

  it.each([
    ['in', 'a'],
    ['notIn', { fact: 'lists.ci' }],
    ['someFact:in', null],
    ['startsWith', 'a'],
    ['everyFact:equal', 'a'],
    ['not:equal', 'a'],
    ['', []],
  ])('is not what %s asks of %j', (operator, value) => {
    expect(membershipOf(operator, value)).toBeNull();
  });
});

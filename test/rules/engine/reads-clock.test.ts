import { describe, expect, it } from 'vitest';
import { takesBlock } from '../../../lib/rules/engine/element-operators.ts';
import { measuresAge } from '../../../lib/rules/engine/engine-operators.ts';
import { readsClock } from '../../../lib/rules/engine/reads-clock.ts';
import type { Condition } from '../../../lib/rules/rule.ts';
import { rulesetOf } from './ruleset-of.ts';

const leaf = (operator: string, value: unknown = 1): Condition => ({ fact: 'CreatedAt', operator, value });
const [age, plain] = [leaf('olderThanDays'), leaf('equal', { fact: 'lists.ci' })];
const block = (operator: string, value: Condition): Condition => ({ fact: 'Resources', operator, value });
const named = (condition: string): Condition => ({ condition });
const RULESET = rulesetOf([], { conditions: { young: { any: [age] }, plain: { all: [plain] } } });

describe('a condition', () => {
  it.each<[string, Condition]>([
    ['an age', leaf('olderThanDays')],
    ['a youth', leaf('newerThanDays')],
    ['an age behind decorators', leaf('not:someFact:olderThanDays')],
    ['one age of a group that must hold', { all: [plain, age] }],
    ['one age of a group of which some must hold', { any: [plain, age] }],
    ['an age that must not be', { not: age }],
    ['an age by name', named('young')],
    ['an age of an element', block('anyElement', { all: [plain, age] })],
    ['a list in a block, which loses entries as days pass', block('not:noElement', { any: [plain] })],
  ])('depends on the instant where it asks for %s', (_, condition) => {
    expect(readsClock(condition, RULESET)).toBe(true);
  });

  it.each<[string, Condition]>([
    ['a list outside of blocks, whose values it is given', plain],
    ['groups of such', { all: [{ any: [plain] }, { not: plain }, { any: [] }] }],
    ['such by name', named('plain')],
    ['a name that there is not', named('absent')],
    ['a name that objects inherit', named('toString')],
    ['a block without lists and ages', block('everyElement', { all: [leaf('equal', 'lists.ci')] })],
    ['an operator that only begins like one', leaf('olderThanDaysOfWeek')],
    ['an operator that only ends like one', leaf('muchnewerThanDays')],
    ['what looks like a block, and is given to another operator', leaf('equal', { any: [age] })],
  ])('does not depend on the instant where it asks for %s', (_, condition) => {
    expect(readsClock(condition, RULESET)).toBe(false);
  });
});

describe('an operator', () => {
  it.each([
    ...['anyElement', 'everyElement', 'noElement', 'not:anyElement'].map((name) => [name, true] as const),
    ...['anyElements', 'manyElement', 'someElement', 'equal', ''].map((name) => [name, false] as const),
  ])('%j takes a block of conditions: %s', (name, expected) => {
    expect(takesBlock(name)).toBe(expected);
  });

  it.each([
    ...['olderThanDays', 'newerThanDays', 'everyFact:olderThanDays'].map((name) => [name, true] as const),
    ...['olderThanDays2', 'colderThanDays', 'before', ''].map((name) => [name, false] as const),
  ])('%j measures from the present: %s', (name, expected) => {
    expect(measuresAge(name)).toBe(expected);
  });
});

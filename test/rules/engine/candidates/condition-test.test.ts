import { RE2JS } from 're2js';
import { describe, expect, it, vi } from 'vitest';
import { createConditionTests } from '../../../../lib/rules/engine/candidates/condition-test.ts';
import { FactSlots } from '../../../../lib/rules/engine/candidates/fact-slots.ts';
import { compileRuleset } from '../../../../lib/rules/engine/compiled-ruleset.ts';
import { readerOf, subjectOf } from '../../../../lib/rules/engine/fact.ts';
import type { Condition } from '../../../../lib/rules/rule.ts';
import type { Ruleset } from '../../../../lib/rules/ruleset.ts';
import { ruleOf, rulesetOf } from '../ruleset-of.ts';

const FINDING = { Title: 'a', Description: 'b' };
const subject = subjectOf(FINDING, { detailType: 'x' }, 0);

function compiled(
  condition: Condition,
  finding: Readonly<Record<string, unknown>> = FINDING,
  rest: Partial<Ruleset> = {},
) {
  const ruleset = compileRuleset(rulesetOf([ruleOf({ all: [condition] })], rest));
  const candidates = ruleset.candidatesFor(subjectOf(finding, { detailType: 'x' }, 0));
  return { candidates, rule: ruleset.rules[0] };
}

describe('a test of conditions', () => {
  it.each([
    ['a condition that is not there', { condition: 'absent' }],
    ['one that is negated', { not: { condition: 'absent' } }],
    ['an operator that is not there', { fact: 'Title', operator: 'absent', value: 'a' }],
    [
      'one that is negated and compares with another fact',
      { not: { fact: 'Title', operator: 'absent', value: { fact: 'Description' } } },
    ],
  ])('leaves %s to the engine, which refuses it', async (_, condition: Condition) => {
    const { candidates, rule } = compiled(condition);

    expect(candidates).toHaveLength(1);
    await expect(rule?.confirm(subject)).rejects.toThrow(/absent/);
  });

  it('compares one fact with another as the engine does', async () => {
    const unequal = compiled({ fact: 'Title', operator: 'equal', value: { fact: 'Description' } });
    const equal = compiled({ fact: 'Title', operator: 'equal', value: { fact: 'Title' } });

    expect(unequal.candidates).toEqual([]);
    expect(equal.candidates).toHaveLength(1);
    expect(await equal.rule?.confirm(subject)).toBe(true);
  });

  const leaf = (operator: string, value: unknown, fact = 'Title'): Condition => ({ fact, operator, value });
  const [matches, b, x] = [leaf('matches', 'a[0-9]b'), leaf('equal', 'b', 'Region'), leaf('equal', 'x')];
  const listed = (operator: string, list: string) => leaf(operator, { fact: `lists.${list}` });
  const REST: Partial<Ruleset> = {
    conditions: { shared: { all: [matches] }, nested: { not: { condition: 'shared' } } },
    lists: {
      lasting: [{ value: 'axb' }, { value: 'c' }],
      lapsing: [{ value: 'axb' }, { value: 'c', until: '1970-01-01' }],
      lapsed: [{ value: 'axb', until: '1969-12-31' }],
      patterns: [{ value: 'a[0-9]b' }, { value: 'x', until: '1970-01-01' }],
    },
  };
  const finding = { Title: 'axb', Region: 'b', Types: ['axb', 'x'] };

  it.each<[Condition, boolean]>([
    // What only RE2 could rule out is let through, but not where its opposite is asked.
    [matches, true],
    [{ not: matches }, true],
    [{ not: { not: matches } }, false],
    [leaf('not:matches', 'a[0-9]b'), true],
    [leaf('not:not:matches', 'a[0-9]b'), false],
    [{ not: leaf('not:matches', 'a[0-9]b') }, false],
    [{ any: [x, matches] }, true],
    [{ all: [b, matches] }, true],
    [{ not: { any: [x, { not: matches }] } }, false],
    [{ condition: 'shared' }, true],
    [{ not: { condition: 'shared' } }, true],
    [{ condition: 'nested' }, true],
    [{ not: { condition: 'nested' } }, false],
    [{ all: [] }, true],
    [{ any: [] }, true],
    [{ not: { all: [] } }, false],
    [{ not: { any: [] } }, false],
    [{ any: [{ any: [] }, x] }, true],
    [{ all: [x, { all: [] }] }, false],
    [{ all: [{ any: [x, b] }, { not: { all: [x, b] } }] }, true],
    [{ all: [{ any: [x, x] }, b] }, false],
    [{ any: [{ all: [b, x] }, { all: [b, { not: x }] }] }, true],
    [leaf('equal', 'axb'), true],
    [leaf('notEqual', 'axb'), false],
    [leaf('not:notEqual', 'axb'), true],
    [leaf('in', ['c', 'axb']), true],
    [leaf('notIn', ['c', 'axb']), false],
    [leaf('contains', 'x', 'Types'), true],
    [leaf('contains', 'y', 'Types'), false],
    [leaf('doesNotContain', 'x', 'Types'), false],
    [leaf('doesNotContain', 'y', 'Types'), true],
    [leaf('doesNotContain', 'y', 'Title'), false],
    [listed('in', 'lasting'), true],
    [listed('notIn', 'lasting'), false],
    [listed('not:in', 'lasting'), false],
    [listed('in', 'lapsing'), true],
    [listed('notIn', 'lapsing'), false],
    [listed('not:in', 'lapsing'), false],
    [listed('in', 'lapsed'), false],
    [listed('notIn', 'lapsed'), true],
    [listed('in', 'absent'), false],
    [leaf('equal', { fact: 'Title' }), true],
    [leaf('equal', { fact: 'Region' }), false],
    [leaf('not:equal', { fact: 'Region' }), true],
    [leaf('someFact:equal', { fact: 'Title' }, 'Types'), true],
    [leaf('equal', { a: 1 }), false],
    [leaf('equal', null), false],
    [leaf('not:equal', null), true],
  ])('lets %j through: %s', (condition, expected) => {
    const { candidates } = compiled(condition, finding, REST);

    expect(candidates).toHaveLength(expected ? 1 : 0);
  });

  it('lets through what the tests of whole conditions of other rules say, however many there are', () => {
    const conditions = Array.from({ length: 300 }, (_, i) => ({
      not: { all: [leaf('equal', `t${i}`), leaf('startsWith', 't'), leaf('in', ['a', `t${i}`], 'Region')] },
    }));
    const ruleset = compileRuleset(
      rulesetOf(conditions.map((each, i) => ruleOf(each, { name: `${1_000 + i}` }))),
    );
    const orders = ({ Title, Region }: Record<string, string>) =>
      ruleset.candidatesFor(subjectOf({ Title, Region }, { detailType: 'x' }, 0)).map(({ order }) => order);
    const but = (i: number) => conditions.map((_, order) => order).filter((order) => order !== i);

    expect(orders({ Title: 't7', Region: 't7' })).toEqual(but(7));
    expect(orders({ Title: 't299', Region: 'a' })).toEqual(but(299));
    expect(orders({ Title: 't299', Region: 'b' })).toEqual(but(-1));
  });

  it.each<[string, Condition, readonly string[]]>([
    ['what is cheap first, of conditions that all must hold', { all: [matches, b] }, ['Region']],
    ['any of a group in their order', { any: [matches, b] }, ['Title']],
    [
      'nothing further once one does not hold',
      { all: [x, { all: [b, leaf('exists', true, 'Id')] }] },
      ['Title'],
    ],
    ['the rest where one holds', { all: [leaf('exists', true, 'Id'), x] }, ['Id', 'Title']],
    ['no list whose entries never lapse: its values are compiled', listed('in', 'lasting'), ['Title']],
    ['a list whose entries may have lapsed', listed('in', 'lapsing'), ['lists.lapsing', 'Title']],
  ])('looks at %s', (_, condition, expected) => {
    const read: string[] = [];
    const ruleset = rulesetOf([], REST);
    const slots = new FactSlots((fact) => ({ member }) => {
      read.push(fact);
      return member(fact);
    });
    const tests = createConditionTests({ slots, ruleset, operatorAt: () => null });
    const subjectNow = subjectOf({ Title: 'a1b', Region: 'c', Id: 'id' }, { detailType: 'x' }, 0);
    slots.begin(subjectNow);
    const test = tests.compile(condition);
    read.length = 0;

    slots.begin(subjectNow);
    tests.holds(test);

    expect(read).toEqual(expected);
  });

  it.each<[Condition, readonly string[]]>([
    [leaf('equal', { fact: 'Region' }), ['equal']],
    [leaf('not:someFact:in', { fact: 'Region' }), ['someFact:in']],
    [listed('in', 'lapsing'), []],
    [listed('in', 'lasting'), []],
  ])('asks of %j the operators %j of the engine', (condition, expected) => {
    const ruleset = rulesetOf([], REST);
    const asked: [string, number][] = [];
    const operatorAt = (name: string, nowMs: number) => {
      asked.push([name, nowMs]);
      return { evaluate: () => false };
    };
    const slots = new FactSlots((fact) => readerOf(fact, ruleset));
    const tests = createConditionTests({ slots, ruleset, operatorAt });

    slots.begin(subjectOf({ Title: 'x' }, { detailType: 'x' }, 7));
    const holds = tests.holds(tests.compile(condition));

    expect(asked).toEqual(expected.map((name) => [name, 7]));
    expect(holds).toBe(JSON.stringify(condition).includes('not:'));
  });

  it('asks of each finding its own items alone', () => {
    const [x, y] = ['x', 'y'].map((value) => leaf('contains', value, 'Types'));
    const known = leaf('exists', true, 'Id');
    const condition = { all: [x as Condition, { any: [y as Condition, known] }] };
    const ruleset = compileRuleset(rulesetOf([ruleOf(condition)]));
    const found = (...Types: string[]) =>
      ruleset.candidatesFor(subjectOf({ Types, Id: 'id' }, { detailType: 'x' }, 0)).length;

    expect([found('y', 'x'), found('y'), found('x'), found(), found('y', 'z')]).toEqual([1, 0, 1, 0, 0]);
  });

  it('keeps what was made of a list until an entry of it lapses', () => {
    const ruleset = compileRuleset(
      rulesetOf([ruleOf({ all: [listed('someValue:matches', 'patterns')] })], REST),
    );
    const compile = vi.spyOn(RE2JS, 'compile');
    const found = (Title: string, nowMs: number) =>
      ruleset.candidatesFor(subjectOf({ Title }, { detailType: 'x' }, nowMs)).length;

    expect([found('a1b', 0), found('a2b', 0), found('axb', 0)]).toEqual([1, 1, 0]);
    expect(compile).toHaveBeenCalledTimes(1);
    expect([found('x', 0), found('x', 86_400_000), found('a1b', 86_400_000)]).toEqual([1, 0, 1]);
    compile.mockRestore();
  });
});

import { describe, expect, it, vi } from 'vitest';
import { createCandidateFinder } from '../../../../lib/rules/engine/candidates/find-candidates.ts';
import { indexEntriesOf } from '../../../../lib/rules/engine/candidates/index-entries.ts';
import { compileRuleset } from '../../../../lib/rules/engine/compiled-ruleset.ts';
import { readerOf, subjectOf } from '../../../../lib/rules/engine/fact.ts';
import type { Condition } from '../../../../lib/rules/rule.ts';
import type { Ruleset } from '../../../../lib/rules/ruleset.ts';
import { ruleOf, rulesetOf } from '../ruleset-of.ts';

const NOW = Date.parse('2026-06-15T12:00:00Z');

/** Rules of each condition, several times: the index tests few rules one by one, and looks up many. */
function candidatesOf(
  conditions: readonly Condition[],
  finding: Readonly<Record<string, unknown>>,
  rest: Partial<Ruleset> = {},
): readonly string[] {
  const rules = conditions.flatMap((condition, i) =>
    Array.from({ length: 8 }, (_, copy) =>
      ruleOf({ all: [condition] }, { name: `${i}-${copy}`, priority: 100 - i }),
    ),
  );
  const subject = subjectOf(finding, { detailType: 'x' }, NOW);
  const found = compileRuleset(rulesetOf(rules, rest)).candidatesFor(subject);
  return [...new Set(found.map(({ rule }) => rule.name.slice(0, 1)))];
}

describe('candidates for a finding', () => {
  it.each([
    ['a key that looks like a part of a path', 'ProductFields["x[*]"]', { ProductFields: { 'x[*]': [] } }],
    ['a list of that name', 'lists.x[*]', {}],
    ['a key of accounts of that name', 'account.x[*]', { AwsAccountId: '1' }],
  ])('include what asks something of every item of an empty list: %s', (_what, fact, finding) => {
    const condition = { fact, operator: 'everyFact:equal', value: 'a' };

    const candidates = candidatesOf([condition], finding, {
      lists: { 'x[*]': [] },
      accounts: { '1': { 'x[*]': [] } },
    });

    expect(candidates).toEqual(['0']);
  });

  it('are named once and in winning order, however many ways lead to them', () => {
    const equal = (fact: string, value: string): Condition => ({ fact, operator: 'equal', value });
    const rules = Array.from({ length: 40 }, (_, i) =>
      ruleOf(
        { any: [equal('Title', `t${i % 10}`), equal('Region', `r${i % 5}`), equal('Id', `i${40 - i}`)] },
        { name: `${i}`, priority: 100 - i },
      ),
    );
    const compiled = compileRuleset(rulesetOf(rules));
    const found = (finding: Record<string, unknown>) =>
      compiled.candidatesFor(subjectOf(finding, { detailType: 'x' }, NOW)).map(({ order }) => order);

    expect(found({ Id: 'i40', Title: 't3', Region: 'r3' })).toEqual([0, 3, 8, 13, 18, 23, 28, 33, 38]);
    expect(found({ Id: 'i1', Title: 't9', Region: 'x' })).toEqual([9, 19, 29, 39]);
    expect(found({ Id: 'i1', Title: 't9', Region: 'x' })).toEqual([9, 19, 29, 39]);
    expect(found({ Id: 'x' })).toEqual([]);
  });

  it('are tested by what was compiled when a rule was first looked at', () => {
    const ruleset = rulesetOf([ruleOf({ fact: 'Title', operator: 'inCidr', value: '10.0.0.0/8' })]);
    const evaluate = vi.fn(() => true);
    const operatorAt = vi.fn(() => ({ evaluate }));
    const { entries } = indexEntriesOf(ruleset);
    const find = createCandidateFinder(ruleset, entries, (fact) => readerOf(fact, ruleset), operatorAt);

    for (const Title of ['10.0.0.1', '10.0.0.2'])
      expect(find(subjectOf({ Title }, { detailType: 'x' }, NOW))).toEqual([0]);
    expect(operatorAt).toHaveBeenCalledTimes(1);
    expect(evaluate).toHaveBeenCalledTimes(2);
  });

  it('include what asks whether a list is itself', () => {
    const condition = { fact: 'lists.x', operator: 'equal', value: { fact: 'lists.x' } };

    const candidates = candidatesOf([condition], {}, { lists: { x: [{ value: 'a' }] } });

    expect(candidates).toEqual(['0']);
  });

  it('are not looked for under a fact whose name reads like another one with its kind', () => {
    const ofNothing = { fact: 'item Types', operator: 'equal', value: 'b' };
    const ofItems = { fact: 'Types', operator: 'contains', value: 'a' };

    const candidates = candidatesOf([ofNothing, ofItems], { Types: ['a'] });

    expect(candidates).toEqual(['1']);
  });

  it('are found in a list of more values than a call may have arguments', () => {
    const ids = Array.from({ length: 200_000 }, (_, i) => `id-${i}`);
    const among = { fact: 'Id', operator: 'in', value: ids };

    expect(candidatesOf([among], { Id: 'id-199999' })).toEqual(['0']);
    expect(candidatesOf([among], { Id: 'id-200000' })).toEqual([]);
  });
});

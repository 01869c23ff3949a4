import { expect, it } from 'vitest';
import { indexEntriesOf } from '../../../../lib/rules/engine/candidates/index-entries.ts';
import { testCostOf } from '../../../../lib/rules/engine/candidates/test-cost.ts';
import type { Condition } from '../../../../lib/rules/rule.ts';
import { ruleOf, rulesetOf } from '../ruleset-of.ts';

it('the index is built of every way for a rule to hold, with what its test costs, under the version of the ruleset', () => {
  const equal = (value: string): Condition => ({ fact: 'Title', operator: 'equal', value });
  const [either, always] = [{ any: [equal('a'), equal('b')] }, { not: equal('c') }];
  const rules = [
    ruleOf(either, { name: 'either', priority: 2 }),
    ruleOf(always, { name: 'always', priority: 1 }),
  ];
  const demand = (value: string) => ({ fact: 'Title', ofItem: false, kind: 'value', literals: [value] });

  expect(indexEntriesOf(rulesetOf(rules, { version: 'v1' }))).toStrictEqual({
    version: 'v1',
    entries: [
      { rule: 0, cost: testCostOf(either), demands: [demand('a')] },
      { rule: 0, cost: testCostOf(either), demands: [demand('b')] },
      { rule: 1, cost: testCostOf(always), demands: [] },
    ],
  });
});

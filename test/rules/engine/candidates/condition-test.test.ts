import { describe, expect, it } from 'vitest';
import { compileRuleset } from '../../../../lib/rules/engine/compiled-ruleset.ts';
import { subjectOf } from '../../../../lib/rules/engine/fact.ts';
import type { Condition } from '../../../../lib/rules/rule.ts';
import { ruleOf, rulesetOf } from '../ruleset-of.ts';

const subject = subjectOf({ Title: 'a', Description: 'b' }, { detailType: 'x' }, 0);

function compiled(condition: Condition) {
  const ruleset = compileRuleset(rulesetOf([ruleOf({ all: [condition] })]));
  return { candidates: ruleset.candidatesFor(subject), rule: ruleset.rules[0] };
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
});

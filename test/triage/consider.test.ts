import { describe, expect, it } from 'vitest';
import { compileRuleset } from '../../lib/rules/engine/compiled-ruleset.ts';
import type { Rule } from '../../lib/rules/rule.ts';
import { hasObserved, judgeFinding } from '../../lib/triage/consider.ts';
import { EMPTY_MARK } from '../../lib/triage/mark.ts';
import { findingWith, IMPORTED, NOW, ruleWriting } from '../reference/fixtures.ts';
import { rulesetOf } from '../rules/engine/ruleset-of.ts';

const enforced = ruleWriting({ Confidence: 5 }, { name: 'enforced' });
const observed: Rule = { ...enforced, name: 'observed', mode: 'observe' };
const NEVER = { all: [{ fact: 'AwsAccountId', operator: 'equal', value: 'none' }] };

describe('an observed rule has a say', () => {
  it.each([
    ['where it matches', true, [enforced, observed]],
    ['not where it does not match', false, [enforced, { ...observed, conditions: NEVER }]],
    ['not where it has expired', false, [enforced, { ...observed, expires: '2026-06-14' }]],
    ['not where there is none', false, [enforced]],
  ] satisfies [string, boolean, Rule[]][])('%s', async (_, has, rules) => {
    const hearing = {
      compiled: compileRuleset(rulesetOf(rules)),
      event: IMPORTED,
      nowMs: NOW,
      detail: 'all' as const,
    };

    const judged = await judgeFinding(hearing, { finding: findingWith(), mark: EMPTY_MARK }, () => true);

    expect(judged.judgements).toHaveLength(rules.length);
    expect(hasObserved(judged)).toBe(has);
  });
});

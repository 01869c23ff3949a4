import { describe, expect, it } from 'vitest';
import { BASE_FINDING } from '../../lib/import/base-finding.ts';
import { readNativeRules } from '../../lib/import/native/read-rules.ts';
import { decide } from '../../lib/triage/decide.ts';
import { importEnforced, NOW_MS, rulesetOf } from './compare.ts';
import { applyNative, type NativeRule } from './native-reference.ts';
import { withUpdate } from './state.ts';

const IMPORTED = { detailType: 'Security Hub Findings - Imported' };
const SEVERITY = { SeverityLabel: [{ Value: 'MEDIUM', Comparison: 'EQUALS' }] };

describe('findings that a native rule has worked on', () => {
  it('are taken over by the imported rule without another change, and taken back once that is gone', async () => {
    const { rules, made } = await imported(SEVERITY);
    const { finding: worked } = applyNative(rules, BASE_FINDING, NOW_MS);

    const taken = await decide(worked, IMPORTED, rulesetOf(made), NOW_MS);
    const marked = withUpdate(worked, taken.update as Readonly<Record<string, unknown>>);
    const without = await decide(
      { ...BASE_FINDING, ...marked },
      IMPORTED,
      { ...rulesetOf(made), rules: [] },
      NOW_MS,
    );

    expect(made.rules[0]?.rule?.adopt).toBe(true);
    expect(Object.keys(taken.update ?? {})).toEqual(['UserDefinedFields']);
    expect(without.update?.Workflow).toEqual({ Status: 'NEW' });
  });

  it('stay as they are where the rule asks for what it changes, which the report says', async () => {
    const { rules, made } = await imported({
      ...SEVERITY,
      WorkflowStatus: [{ Value: 'NEW', Comparison: 'EQUALS' }],
    });
    const { finding: worked } = applyNative(rules, BASE_FINDING, NOW_MS);

    const decision = await decide(worked, IMPORTED, rulesetOf(made), NOW_MS);

    expect(made.rules[0]?.rule?.adopt).toBeUndefined();
    expect(made.rules[0]?.remarks.map(({ code }) => code)).toContain('earlier-results-stay');
    expect(decision.kind).toBe('unchanged');
  });
});

async function imported(Criteria: NativeRule['Criteria']) {
  const update = { Workflow: { Status: 'SUPPRESSED' }, Note: { Text: 'agreed', UpdatedBy: 'secops' } };
  const rules: readonly NativeRule[] = [
    { RuleName: 'Medium', RuleOrder: 1, Criteria, Actions: [{ FindingFieldsUpdate: update }] },
  ];
  return { rules, made: await importEnforced(readNativeRules(rules, NOW_MS)) };
}

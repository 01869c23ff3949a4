import { describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/findings/finding.ts';
import type { Rule } from '../../lib/rules/rule.ts';
import { applyUpdate } from './apply-update.ts';
import { referenceDecide } from './decide.ts';
import {
  findingWith,
  IMPORTED,
  markedFinding,
  NOW,
  rulesetOf,
  ruleWriting,
  WITHDRAWING_ALL,
} from './fixtures.ts';
import { WITHDRAWN_NOTE } from './ownership.ts';

function decide(finding: Finding, ...rules: readonly Rule[]) {
  return referenceDecide(finding, IMPORTED, rulesetOf(rules, { config: WITHDRAWING_ALL }), NOW);
}

describe('withdrawal', () => {
  it('puts a workflow status of ours back to NEW and says so in the mark', () => {
    const finding = markedFinding({ Workflow: 'SUPPRESSED' }, { Workflow: { Status: 'SUPPRESSED' } });

    expect(decide(finding)).toEqual({
      kind: 'update',
      update: {
        Workflow: { Status: 'NEW' },
        UserDefinedFields: { triageRules: '|', triageSet: '{"v":1,"Workflow":"NEW","off":["Workflow"]}' },
      },
      rules: [],
      held: [],
    });
  });

  it.each([
    ['PASSED', { Compliance: { Status: 'PASSED' } }],
    ['ARCHIVED', { RecordState: 'ARCHIVED' }],
  ])('leaves the workflow status of a finding that is %s', (_, members) => {
    const finding = markedFinding(
      { Workflow: 'SUPPRESSED' },
      { Workflow: { Status: 'SUPPRESSED' }, ...members },
    );

    expect(decide(finding).kind).toBe('unchanged');
  });

  it("returns severity to the provider's and goes on following it", () => {
    const finding = markedFinding(
      { Severity: 'LOW' },
      { Severity: { Label: 'LOW' }, FindingProviderFields: { Severity: { Label: 'MEDIUM' } } },
    );

    const withdrawn = applyUpdate(finding, decide(finding).update);
    const escalated = { ...withdrawn, FindingProviderFields: { Severity: { Label: 'CRITICAL' } } };

    expect(withdrawn.Severity).toEqual({ Label: 'MEDIUM', Normalized: 40 });
    expect(decide(escalated).update?.Severity).toEqual({ Label: 'CRITICAL' });
  });

  it.each([
    ['the overwritten label where it is higher', 'HIGH', 'MEDIUM', 'HIGH'],
    ["the provider's label where it is higher", 'MEDIUM', 'CRITICAL', 'CRITICAL'],
  ])('returns severity to %s', (_, was, provider, expected) => {
    const finding = markedFinding(
      { Severity: 'LOW', was: { Severity: was } },
      { Severity: { Label: 'LOW' }, FindingProviderFields: { Severity: { Label: provider } } },
    );

    expect(decide(finding).update?.Severity).toEqual({ Label: expected });
  });

  it('never lowers a severity by a remembered label alone', () => {
    const finding = markedFinding(
      { Severity: 'HIGH', was: { Severity: 'LOW' } },
      { Severity: { Label: 'HIGH' } },
    );

    expect(decide(finding).kind).toBe('unchanged');
  });

  it('returns confidence to the remembered score, and leaves it where none is known', () => {
    const remembered = markedFinding({ Confidence: 9, was: { Confidence: 3 } }, { Confidence: 9 });
    const unknown = markedFinding({ Confidence: 9 }, { Confidence: 9 });

    expect(decide(remembered).update?.Confidence).toBe(3);
    expect(decide(unknown).kind).toBe('unchanged');
  });

  it('takes our types off the list again', () => {
    const finding = findingWith({ Types: ['a', 'b'] });
    const added = applyUpdate(finding, decide(finding, ruleWriting({ Types: ['c'] })).update);

    expect(decide(added).update?.Types).toEqual(['a', 'b']);
  });

  it('leaves types where nothing stood before', () => {
    const added = applyUpdate(findingWith(), decide(findingWith(), ruleWriting({ Types: ['c'] })).update);

    expect(decide(added).kind).toBe('unchanged');
  });

  it('leaves what the role may not write, and its entry, and asks for no call', () => {
    const finding = markedFinding(
      { Severity: 'LOW', Confidence: 9, was: { Confidence: 3 } },
      { Severity: { Label: 'LOW' }, Confidence: 9, FindingProviderFields: { Severity: { Label: 'HIGH' } } },
    );
    const notes = ruleWriting({ UserDefinedFields: { reason: 'scanner' } });

    const alone = referenceDecide(finding, IMPORTED, rulesetOf([]), NOW);
    const beside = referenceDecide(finding, IMPORTED, rulesetOf([notes]), NOW);

    expect(alone).toMatchObject({ kind: 'unchanged', update: null });
    expect(Object.keys(beside.update ?? {})).toEqual(['UserDefinedFields']);
    expect(beside.update?.UserDefinedFields?.triageSet).toBe(
      '{"v":1,"Severity":"LOW","Confidence":9,"UserDefinedFields":{"reason":"6105d862"},"was":{"Confidence":3}}',
    );
  });

  it('takes back what another enforced rule lets the role write, and not what one that observes would', () => {
    const elsewhere = {
      conditions: { all: [{ fact: 'AwsAccountId', operator: 'equal', value: '999900001111' }] },
    };
    const rule = ruleWriting({ Severity: { Label: 'INFORMATIONAL' } }, elsewhere);
    const finding = markedFinding(
      { Severity: 'LOW' },
      { Severity: { Label: 'LOW' }, FindingProviderFields: { Severity: { Label: 'HIGH' } } },
    );

    const enforced = referenceDecide(finding, IMPORTED, rulesetOf([rule]), NOW);
    const observed = referenceDecide(finding, IMPORTED, rulesetOf([{ ...rule, mode: 'observe' }]), NOW);

    expect(enforced.update?.Severity).toEqual({ Label: 'HIGH' });
    expect(observed).toMatchObject({ kind: 'unchanged', update: null });
  });

  it('says once that a note is withdrawn', () => {
    const noted = applyUpdate(
      findingWith(),
      decide(findingWith(), ruleWriting({ Note: { Text: 'x' } })).update,
    );

    const first = decide(noted);
    const second = decide(applyUpdate(noted, first.update));

    expect(first.update?.Note).toEqual({ Text: WITHDRAWN_NOTE, UpdatedBy: 'securityhub-triage' });
    expect(second.kind).toBe('unchanged');
  });

  it('leaves a user-defined value and lists it as withdrawn with the next mark', () => {
    const rule = ruleWriting({ UserDefinedFields: { reason: 'scanner' } });
    const written = applyUpdate(findingWith(), decide(findingWith(), rule).update);

    const alone = decide(written);
    const beside = decide(written, ruleWriting({ Confidence: 1 }));

    expect(alone.kind).toBe('unchanged');
    expect(beside.update?.UserDefinedFields).toEqual({
      reason: 'scanner',
      triageRules: '|rule-a|',
      triageSet:
        '{"v":1,"Confidence":1,"UserDefinedFields":{"reason":"6105d862"},"off":["UserDefinedFields.reason"]}',
    });
  });

  it('drops the entry of a reopened workflow that no rule decides', () => {
    const finding = markedFinding({ Workflow: 'NOTIFIED' });

    const decision = decide(finding, ruleWriting({ Confidence: 1 }));

    expect(decision.update?.UserDefinedFields?.triageSet).toBe('{"v":1,"Confidence":1}');
  });
});

describe('suppression of CRITICAL', () => {
  const suppress = ruleWriting({ Workflow: { Status: 'SUPPRESSED' }, Note: { Text: 'n' }, Confidence: 1 });
  const critical = findingWith({ Severity: { Label: 'CRITICAL' } });

  it('is dropped with its note and reported as held', () => {
    const decision = decide(critical, suppress);

    expect(decision.held).toEqual(['Workflow']);
    expect(decision.update).toMatchObject({ Confidence: 1 });
    expect(decision.update).not.toHaveProperty('Workflow');
    expect(decision.update).not.toHaveProperty('Note');
  });

  it('is written by a rule that may', () => {
    const decision = decide(critical, { ...suppress, allowCritical: true });

    expect(decision.update).toMatchObject({ Workflow: { Status: 'SUPPRESSED' } });
  });

  it('is dropped where the same update makes the finding CRITICAL', () => {
    const raise = ruleWriting({ Severity: { Label: 'CRITICAL' } }, { name: 'raise' });

    expect(decide(findingWith(), suppress, raise)).toMatchObject({
      held: ['Workflow'],
      update: { Severity: { Label: 'CRITICAL' } },
    });
  });

  it('is withdrawn when the provider escalates what we suppressed', () => {
    const finding = markedFinding(
      { Workflow: 'SUPPRESSED' },
      { Workflow: { Status: 'SUPPRESSED' }, Severity: { Label: 'CRITICAL' } },
    );

    expect(decide(finding, suppress).update?.Workflow).toEqual({ Status: 'NEW' });
  });
});

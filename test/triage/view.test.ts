import { describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/findings/finding.ts';
import { UPDATABLE_FIELDS } from '../../lib/findings/update.ts';
import { DEFAULT_CONFIG, type TriageConfig } from '../../lib/rules/ruleset.ts';
import { markForm } from '../../lib/triage/field.ts';
import { readInstance } from '../../lib/triage/instance.ts';
import { viewOf } from '../../lib/triage/view.ts';
import { findingWith, markedFinding } from '../reference/fixtures.ts';

function view(finding: Finding, config: TriageConfig = DEFAULT_CONFIG) {
  return viewOf(finding, readInstance(finding, config).mark, config);
}

/** What a rule can read of it: members that are undefined are not there. */
function readable(finding: Finding, config?: TriageConfig): unknown {
  const seen = view(finding, config);
  const names = [...Object.keys(finding), ...UPDATABLE_FIELDS];
  return JSON.parse(JSON.stringify(Object.fromEntries(names.map((name) => [name, seen.member(name)]))));
}

describe('viewOf', () => {
  it('shows an untouched finding in its rest state', () => {
    expect(readable(findingWith())).toEqual({
      ...findingWith(),
      Workflow: { Status: 'NEW' },
      VerificationState: 'UNKNOWN',
    });
  });

  it("shows what a person or another tool set, notes and keys of the finding's own included", () => {
    const set = {
      Workflow: { Status: 'RESOLVED' },
      VerificationState: 'TRUE_POSITIVE',
      Confidence: 7,
      Criticality: 8,
      Types: ['a'],
      RelatedFindings: [{ Id: '1', ProductArn: 'arn:a' }],
      Note: { Text: 'mine', UpdatedBy: 'analyst' },
      UserDefinedFields: { team: 'red' },
    };

    expect(readable(findingWith(set))).toEqual(findingWith(set));
  });

  it('hides the retired WorkflowState, which the service would not update', () => {
    expect(readable(findingWith({ WorkflowState: 'NEW' }))).not.toHaveProperty('WorkflowState');
  });

  it.each([
    [
      { Label: 'LOW', Product: 5, Normalized: 99, Original: '3.1' },
      { Label: 'LOW', Normalized: 1, Original: '3.1' },
    ],
    [{ Normalized: 0 }, { Label: 'INFORMATIONAL', Normalized: 0 }],
    [{ Normalized: 39 }, { Label: 'LOW', Normalized: 1 }],
    [{ Normalized: 69 }, { Label: 'MEDIUM', Normalized: 40 }],
    [{ Normalized: 89 }, { Label: 'HIGH', Normalized: 70 }],
    [{ Normalized: 90 }, { Label: 'CRITICAL', Normalized: 90 }],
    [{ Original: 'Severe' }, { Original: 'Severe' }],
    [{ Label: 'Severe' }, { Label: 'Severe' }],
  ])('normalizes a severity of %j', (Severity, expected) => {
    expect(readable(findingWith({ Severity }))).toMatchObject({ Severity: expected });
  });

  it.each([[undefined], [null], ['HIGH'], [{ Product: 5 }]])(
    'shows no severity where it is %j',
    (Severity) => {
      expect(readable(findingWith({ Severity }))).not.toHaveProperty('Severity');
    },
  );

  it("shows the provider's severity in place of ours, with the provider's own word for it", () => {
    const finding = markedFinding(
      { Severity: 'LOW' },
      {
        Severity: { Label: 'LOW', Original: 'ours' },
        FindingProviderFields: { Severity: { Label: 'CRITICAL', Original: '9.8' } },
      },
    );

    expect(view(finding).member('Severity')).toEqual({ Label: 'CRITICAL', Normalized: 90, Original: '9.8' });
  });

  it('shows the untouched state, or what stood before, in place of everything that is ours', () => {
    const finding = markedFinding(
      {
        Workflow: 'SUPPRESSED',
        VerificationState: 'BENIGN_POSITIVE',
        Confidence: 1,
        Criticality: 2,
        was: { Workflow: 'NOTIFIED', Criticality: null },
      },
      {
        Workflow: { Status: 'SUPPRESSED' },
        VerificationState: 'BENIGN_POSITIVE',
        Confidence: 1,
        Criticality: 2,
        FindingProviderFields: { Confidence: 60, Criticality: 70 },
      },
    );

    const seen = readable(finding);

    expect(seen).toMatchObject({
      Workflow: { Status: 'NOTIFIED' },
      VerificationState: 'UNKNOWN',
      Confidence: 60,
    });
    expect(seen).not.toHaveProperty('Criticality');
  });

  it('shows the lists as they would stand without us', () => {
    const types = ['a', 'ours'];
    const related = ['1', '2'].map((Id) => ({ Id, ProductArn: 'arn:a' }));
    const finding = markedFinding(
      {
        Types: markForm('Types', types),
        RelatedFindings: markForm('RelatedFindings', related),
        was: { RelatedFindings: 1 },
      },
      { Types: types, RelatedFindings: related, FindingProviderFields: { Types: ['a'] } },
    );

    expect(view(finding).member('Types')).toEqual(['a']);
    expect(view(finding).member('RelatedFindings')).toEqual(related.slice(0, 1));
  });

  it('hides our note, our keys, marks and the hold, and shows what others wrote beside them', () => {
    const finding = markedFinding(
      { Note: 'ae0bec9e', UserDefinedFields: { reason: '6105d862' } },
      { Note: { Text: 'ours' } },
      { reason: 'scanner', team: 'red', triageHold: 'off' },
    );

    expect(view(finding).member('Note')).toBeUndefined();
    expect(view(finding).member('UserDefinedFields')).toEqual({ team: 'red' });
  });

  it('shows a note of ours that someone edited', () => {
    const finding = markedFinding({ Note: 'ae0bec9e' }, { Note: { Text: 'ours, and mine' } });

    expect(view(finding).member('Note')).toEqual({ Text: 'ours, and mine' });
  });

  it('shows no user-defined fields at all where all are ours', () => {
    expect(view(markedFinding({})).member('UserDefinedFields')).toBeUndefined();
  });

  it('hides the keys of an instance that we succeed, and only of those', () => {
    const finding = findingWith({ UserDefinedFields: { oldRules: '|a|', stagingRules: '|b|' } });
    const config = { ...DEFAULT_CONFIG, succeeds: ['old'] };

    expect(view(finding, config).member('UserDefinedFields')).toEqual({ stagingRules: '|b|' });
  });

  it('gives the standing of any field, the same each time', () => {
    const seen = view(findingWith({ Workflow: { Status: 'NOTIFIED' } }));

    expect(seen.standing('Workflow')).toMatchObject({ owner: 'other', current: 'NOTIFIED' });
    expect(seen.standing('Workflow')).toBe(seen.standing('Workflow'));
  });
});

import { describe, expect, it } from 'vitest';
import { currentValue, markForm } from '../../lib/triage/field.ts';
import { standingOf } from '../../lib/triage/ownership.ts';
import { WITHDRAWN_NOTE, withdrawnValue } from '../../lib/triage/withdraw.ts';
import { findingWith } from '../reference/fixtures.ts';

/** What is written where the value of `field` is ours and no rule decides it any more. */
function withdraw(field: string, members: Record<string, unknown>, was?: string | number | null) {
  const finding = findingWith(members);
  const entry = markForm(field, currentValue(finding, field) ?? '');
  const mark = {
    entries: new Map([[field, entry]]),
    was: new Map(was === undefined ? [] : [[field, was]]),
  };
  return withdrawnValue(finding, standingOf(finding, field, mark));
}

const provider = (members: Record<string, unknown>) => ({ FindingProviderFields: members });

describe('withdrawnValue', () => {
  it.each(['NOTIFIED', 'RESOLVED', 'SUPPRESSED'])('puts %s back to NEW, whatever stood before', (Status) => {
    expect(withdraw('Workflow', { Workflow: { Status } }, 'SUPPRESSED')).toBe('NEW');
  });

  it.each([{ Compliance: { Status: 'PASSED' } }, { RecordState: 'ARCHIVED' }])(
    'leaves the status of %j: the service sets it',
    (members) => {
      expect(withdraw('Workflow', { Workflow: { Status: 'SUPPRESSED' }, ...members })).toBeUndefined();
    },
  );

  it.each([{ Compliance: { Status: 'FAILED' } }, { Compliance: null }, { RecordState: 'ACTIVE' }])(
    'puts the status of %j back to NEW',
    (members) => {
      expect(withdraw('Workflow', { Workflow: { Status: 'SUPPRESSED' }, ...members })).toBe('NEW');
    },
  );

  it('puts the verification state back to UNKNOWN', () => {
    expect(withdraw('VerificationState', { VerificationState: 'BENIGN_POSITIVE' })).toBe('UNKNOWN');
  });

  it.each([
    ["the provider's label", 'MEDIUM', undefined, 'MEDIUM'],
    ["the provider's label where it is above what stood before", 'CRITICAL', 'HIGH', 'CRITICAL'],
    ["what stood before where it is above the provider's label", 'MEDIUM', 'HIGH', 'HIGH'],
    ["the provider's label where nothing stood before", 'MEDIUM', null, 'MEDIUM'],
    ["the provider's lowest label", 'INFORMATIONAL', undefined, 'INFORMATIONAL'],
  ])('puts severity back to %s', (_, label, was, expected) => {
    const members = { Severity: { Label: 'LOW' }, ...provider({ Severity: { Label: label } }) };

    expect(withdraw('Severity', members, was)).toBe(expected);
  });

  it.each([
    ['goes back to a higher label that stood before', 'LOW', 'HIGH', 'HIGH'],
    ['keeps an equal one', 'HIGH', 'HIGH', 'HIGH'],
    ['keeps an equal one at the bottom', 'INFORMATIONAL', 'INFORMATIONAL', 'INFORMATIONAL'],
    ['never goes to what is no label', 'Severe', 'Odd', undefined],
    ['never goes down to a lower one', 'HIGH', 'LOW', undefined],
    ['stays where nothing stood before', 'HIGH', null, undefined],
    ['stays where nothing is known', 'HIGH', undefined, undefined],
  ])("without a provider's label, severity %s", (_, label, was, expected) => {
    expect(withdraw('Severity', { Severity: { Label: label } }, was)).toBe(expected);
  });

  it("does not read a provider's label that is none as a severity", () => {
    const members = { Severity: { Label: 'LOW' }, ...provider({ Severity: { Label: 'Severe' } }) };

    expect(withdraw('Severity', members)).toBeUndefined();
  });

  it.each(['Confidence', 'Criticality'])('puts %s back to a score that the API takes', (field) => {
    expect(withdraw(field, { [field]: 9, ...provider({ [field]: 60 }) })).toBe(60);
    expect(withdraw(field, { [field]: 9 }, 3)).toBe(3);
    expect(withdraw(field, { [field]: 9 }, 0)).toBe(0);
    expect(withdraw(field, { [field]: 9 }, 100)).toBe(100);
  });

  it.each([0.5, -1, 101])("leaves a score where the provider's own, %d, would be refused", (score) => {
    expect(withdraw('Confidence', { Confidence: 9, ...provider({ Confidence: score }) })).toBeUndefined();
  });

  it('leaves a score where nothing stood before', () => {
    expect(withdraw('Confidence', { Confidence: 9 })).toBeUndefined();
    expect(withdraw('Confidence', { Confidence: 9, ...provider({ Confidence: 60 }) }, null)).toBeUndefined();
  });

  it("puts lists back to the provider's, or to the items that stood before", () => {
    const related = [
      { Id: '1', ProductArn: 'arn:a' },
      { Id: '2', ProductArn: 'arn:a' },
    ];

    expect(withdraw('Types', { Types: ['a', 'ours'], ...provider({ Types: ['a'] }) })).toEqual(['a']);
    expect(withdraw('Types', { Types: ['x', 'ours'], ...provider({ Types: ['a'] }) }, 1)).toEqual(['x']);
    expect(withdraw('RelatedFindings', { RelatedFindings: related }, 1)).toEqual(related.slice(0, 1));
  });

  it('leaves a list where nothing stood before: no list can be emptied', () => {
    expect(withdraw('Types', { Types: ['ours'] })).toBeUndefined();
  });

  it('replaces a note by one line that says so, and leaves a user-defined value', () => {
    expect(withdraw('Note', { Note: { Text: 'ours' } })).toBe(WITHDRAWN_NOTE);
    expect(WITHDRAWN_NOTE).toBe('Withdrawn: no triage rule decides this note any more.');
    expect(withdraw('UserDefinedFields.team', { UserDefinedFields: { team: 'red' } })).toBeUndefined();
  });
});

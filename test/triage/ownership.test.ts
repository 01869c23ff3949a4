import { describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/findings/finding.ts';
import { currentValue, markForm } from '../../lib/triage/field.ts';
import { EMPTY_MARK, type Mark } from '../../lib/triage/mark.ts';
import { holderOf, standingOf, wasToRemember } from '../../lib/triage/ownership.ts';
import { findingWith } from '../reference/fixtures.ts';

function markOf(
  entries: Record<string, string | number>,
  was: Record<string, string | number | null> = {},
): Mark {
  return { entries: new Map(Object.entries(entries)), was: new Map(Object.entries(was)) };
}

/** A mark that claims the value that stands. */
function claiming(finding: Finding, field: string, was: Record<string, string | number | null> = {}): Mark {
  const current = currentValue(finding, field);
  return current === undefined ? EMPTY_MARK : markOf({ [field]: markForm(field, current) }, was);
}

const RELATED = [{ Id: 'r-1', ProductArn: 'arn:aws:securityhub:::product/aws/x' }];
const PROVIDED = {
  Severity: { Label: 'HIGH' },
  Confidence: 60,
  Criticality: 70,
  Types: ['a', 'b'],
  RelatedFindings: RELATED,
};

describe('standingOf, without an entry in the mark', () => {
  it.each([
    ['Workflow', {}],
    ['Workflow', { Workflow: { Status: 'NEW' } }],
    ['Workflow', { Workflow: { Status: 7 } }],
    ['VerificationState', {}],
    ['VerificationState', { VerificationState: 'UNKNOWN' }],
    ['Note', {}],
    ['Note', { Note: { Text: '  ' } }],
    ['UserDefinedFields.team', { UserDefinedFields: { other: 'x' } }],
    ['Severity', { Severity: { Label: 'LOW' } }],
    ['Severity', { Severity: { Normalized: 71 }, FindingProviderFields: PROVIDED }],
    ['Confidence', { Confidence: 60, FindingProviderFields: PROVIDED }],
    ['Criticality', { Criticality: 5 }],
    ['Types', { Types: ['b', 'a', 'b'], FindingProviderFields: PROVIDED }],
    ['RelatedFindings', { RelatedFindings: RELATED, FindingProviderFields: PROVIDED }],
    ['Confidence', { FindingProviderFields: {} }],
  ])('%s of %j is free', (field, members) => {
    expect(standingOf(findingWith(members), field, EMPTY_MARK).owner).toBe('free');
  });

  it.each([
    ['Workflow', { Workflow: { Status: 'NOTIFIED' } }],
    ['VerificationState', { VerificationState: 'TRUE_POSITIVE' }],
    ['Note', { Note: { Text: 'mine' } }],
    ['UserDefinedFields.team', { UserDefinedFields: { team: 'red' } }],
    ['Severity', { Severity: { Label: 'LOW' }, FindingProviderFields: PROVIDED }],
    ['Confidence', { Confidence: 61, FindingProviderFields: PROVIDED }],
    ['Types', { Types: ['a'], FindingProviderFields: PROVIDED }],
    ['RelatedFindings', { FindingProviderFields: PROVIDED }],
    // FindingProviderFields without this field: the provider never said it, so someone else did.
    ['Criticality', { Criticality: 5, FindingProviderFields: {} }],
  ])("%s of %j is someone else's", (field, members) => {
    expect(standingOf(findingWith(members), field, EMPTY_MARK).owner).toBe('other');
  });
});

describe('standingOf, with an entry in the mark', () => {
  it.each([
    ['Workflow', { Workflow: { Status: 'SUPPRESSED' } }, 'NEW'],
    ['VerificationState', { VerificationState: 'BENIGN_POSITIVE' }, 'UNKNOWN'],
    ['Severity', { Severity: { Label: 'LOW' }, FindingProviderFields: PROVIDED }, 'HIGH'],
    ['Severity', { Severity: { Label: 'LOW' } }, undefined],
    ['Confidence', { Confidence: 1, FindingProviderFields: PROVIDED }, 60],
    ['Types', { Types: ['a', 'b', 'c'], FindingProviderFields: PROVIDED }, ['a', 'b']],
    ['Note', { Note: { Text: 'ours' } }, undefined],
    ['UserDefinedFields.team', { UserDefinedFields: { team: 'red' } }, undefined],
  ])(
    "%s that equals it is ours; without us it would be the provider's or untouched",
    (field, members, base) => {
      const finding = findingWith(members);

      const standing = standingOf(finding, field, claiming(finding, field));

      expect(standing).toMatchObject({ owner: 'ours', current: currentValue(finding, field) });
      expect(standing.base).toEqual(base);
    },
  );

  it.each([
    ['Workflow', { Workflow: { Status: 'SUPPRESSED' } }, 'NOTIFIED', 'NOTIFIED'],
    ['Severity', { Severity: { Label: 'LOW' }, FindingProviderFields: PROVIDED }, 'CRITICAL', 'CRITICAL'],
    ['Confidence', { Confidence: 1, FindingProviderFields: PROVIDED }, null, undefined],
    ['Types', { Types: ['x', 'a', 'b'], FindingProviderFields: PROVIDED }, 1, ['x']],
    ['Types', { Types: ['x'], FindingProviderFields: PROVIDED }, 0, undefined],
  ])('%s of ours goes back to what the mark says stood before', (field, members, was, base) => {
    const finding = findingWith(members);

    const standing = standingOf(finding, field, claiming(finding, field, { [field]: was }));

    expect(standing).toMatchObject({ owner: 'ours', was });
    expect(standing.base).toEqual(base);
  });

  it.each(['NOTIFIED', 'RESOLVED'])('takes %s that is NEW again for reopened by the service', (entry) => {
    expect(standingOf(findingWith(), 'Workflow', markOf({ Workflow: entry })).owner).toBe('free');
  });

  it.each([
    ['SUPPRESSED by us and NEW now', 'Workflow', 'SUPPRESSED', {}],
    ['NOTIFIED by us and RESOLVED now', 'Workflow', 'NOTIFIED', { Workflow: { Status: 'RESOLVED' } }],
    ['a label of ours that someone changed', 'Severity', 'LOW', { Severity: { Label: 'HIGH' } }],
    ['a label of ours that is gone', 'Severity', 'NOTIFIED', {}],
    ['a state that only reads like a status', 'VerificationState', 'NOTIFIED', { VerificationState: 'NEW' }],
    ['what a custom action set', 'Workflow', '*', {}],
    ['a note of ours that someone edited', 'Note', '00000000', { Note: { Text: 'mine' } }],
  ])("leaves %s as someone else's, seen as it stands", (_, field, entry, members) => {
    const finding = findingWith(members);

    const standing = standingOf(finding, field, markOf({ [field]: entry }));

    expect(standing).toMatchObject({ owner: 'other', entry });
    expect(standing.base).toEqual(standing.current);
  });
});

describe('holderOf', () => {
  const holder = (members: Record<string, unknown>, field: string, mark = EMPTY_MARK) => {
    const finding = findingWith(members);
    return holderOf(finding, standingOf(finding, field, mark));
  };

  it("counts a label that differs from the provider's on a first sight as a native rule's", () => {
    expect(
      holder(
        { Severity: { Label: 'LOW' }, FindingProviderFields: { Severity: { Label: 'HIGH' } } },
        'Severity',
      ),
    ).toBe('nativeRule');
  });

  it("counts a label that was ours and changed since as a person's", () => {
    expect(holder({ Severity: { Label: 'HIGH' } }, 'Severity', markOf({ Severity: 'LOW' }))).toBe('person');
  });

  it("counts RESOLVED on PASSED as the service's and RESOLVED on FAILED as a person's", () => {
    const resolved = { Workflow: { Status: 'RESOLVED' } };

    expect(holder({ ...resolved, Compliance: { Status: 'PASSED' } }, 'Workflow')).toBe('service');
    expect(holder({ ...resolved, Compliance: { Status: 'FAILED' } }, 'Workflow')).toBe('person');
    expect(holder({ ...resolved, Compliance: null }, 'Workflow')).toBe('person');
    expect(holder({ Note: { Text: 'RESOLVED' }, Compliance: { Status: 'PASSED' } }, 'Note')).toBe('person');
  });

  it("counts SUPPRESSED on PASSED as a person's", () => {
    const members = { Workflow: { Status: 'SUPPRESSED' }, Compliance: { Status: 'PASSED' } };

    expect(holder(members, 'Workflow')).toBe('person');
  });
});

describe('wasToRemember', () => {
  const remembered = (members: Record<string, unknown>, field: string, mark = EMPTY_MARK) => {
    const finding = findingWith(members);
    return wasToRemember(finding, standingOf(finding, field, mark));
  };

  it.each([
    ['the rest value', 'Workflow', {}],
    ["the provider's value", 'Severity', { Severity: { Label: 'HIGH' }, FindingProviderFields: PROVIDED }],
    ['a note, which cannot be put back', 'Note', { Note: { Text: 'mine' } }],
    ['a user-defined value', 'UserDefinedFields.team', { UserDefinedFields: { team: 'red' } }],
  ])('remembers nothing of %s', (_, field, members) => {
    expect(remembered(members, field)).toBeUndefined();
  });

  it.each([
    ['a status', 'Workflow', { Workflow: { Status: 'NOTIFIED' } }, 'NOTIFIED'],
    ['a label that no provider field repeats', 'Severity', { Severity: { Label: 'HIGH' } }, 'HIGH'],
    ['a score', 'Confidence', { Confidence: 0 }, 0],
    ['nothing on top of a provider’s score', 'Confidence', { FindingProviderFields: PROVIDED }, null],
    ['the length of a list', 'Types', { Types: ['x', 'y'] }, 2],
    ['an empty list on top of a provider’s', 'Types', { FindingProviderFields: PROVIDED }, 0],
  ])('remembers %s that an update would replace', (_, field, members, was) => {
    expect(remembered(members, field)).toBe(was);
  });

  it('keeps what it remembered of a field that is ours', () => {
    const mark = markOf({ Workflow: 'SUPPRESSED' }, { Workflow: 'NOTIFIED' });

    expect(remembered({ Workflow: { Status: 'SUPPRESSED' } }, 'Workflow', mark)).toBe('NOTIFIED');
    expect(
      remembered({ Confidence: 5 }, 'Confidence', markOf({ Confidence: 5 }, { Confidence: null })),
    ).toBeNull();
    const twice = { Types: ['x', 'y'] };
    expect(remembered(twice, 'Types', claiming(findingWith(twice), 'Types', { Types: 5 }))).toBe(5);
  });
});

import { describe, expect, it } from 'vitest';
import { act } from '../../lib/triage/act.ts';
import type { FieldValue } from '../../lib/triage/field.ts';
import { EMPTY_MARK, type Mark } from '../../lib/triage/mark.ts';
import { findingWith } from '../reference/fixtures.ts';

const values = (written: Record<string, FieldValue>) => new Map(Object.entries(written));

describe('act', () => {
  it('leaves a finding and its mark as they are where the action writes nothing', () => {
    const finding = findingWith({ Workflow: { Status: 'NOTIFIED' } });

    expect(act(finding, EMPTY_MARK, values({}))).toEqual({ finding, mark: EMPTY_MARK });
  });

  it('puts each value where the service would, and keeps what it does not touch', () => {
    const related = [{ Id: '1', ProductArn: 'arn:a' }];
    const finding = findingWith({
      Severity: { Label: 'HIGH', Normalized: 70, Original: '8.1' },
      UserDefinedFields: { team: 'red' },
    });

    const acted = act(
      finding,
      EMPTY_MARK,
      values({
        Workflow: 'RESOLVED',
        Severity: 'LOW',
        VerificationState: 'TRUE_POSITIVE',
        Confidence: 5,
        RelatedFindings: related,
        Note: 'pressed',
        'UserDefinedFields.ticket': 'OPS-1',
      }),
    );

    expect(acted.finding).toEqual(
      findingWith({
        Workflow: { Status: 'RESOLVED' },
        Severity: { Label: 'LOW', Normalized: 1, Original: '8.1' },
        VerificationState: 'TRUE_POSITIVE',
        Confidence: 5,
        RelatedFindings: related,
        Note: { Text: 'pressed' },
        UserDefinedFields: { team: 'red', ticket: 'OPS-1' },
      }),
    );
  });

  it('takes the entries of what it writes out of the mark, and leaves the others', () => {
    const mark: Mark = {
      entries: new Map<string, string | number>([
        ['Workflow', 'SUPPRESSED'],
        ['Confidence', 4],
      ]),
      was: new Map([['Workflow', 'NOTIFIED']]),
    };
    const finding = findingWith({ Workflow: { Status: 'SUPPRESSED' }, Confidence: 4 });

    const acted = act(finding, mark, values({ Workflow: 'RESOLVED' }));

    expect(acted.mark).toEqual({ entries: new Map([['Confidence', 4]]), was: new Map() });
  });

  it.each([
    ['an untouched status', 'Workflow', 'NEW', {}],
    [
      "the provider's own label",
      'Severity',
      'HIGH',
      { FindingProviderFields: { Severity: { Label: 'HIGH' } } },
    ],
    ['a score where nothing tells what the provider said', 'Confidence', 5, {}],
  ])('enters a person where the value equals %s', (_, field, value, members) => {
    const { mark } = act(findingWith(members), EMPTY_MARK, values({ [field]: value }));

    expect(mark.entries).toEqual(new Map([[field, '*']]));
  });
});

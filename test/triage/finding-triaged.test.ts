import { describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/findings/finding.ts';
import type { FindingUpdate } from '../../lib/findings/update.ts';
import { DEFAULT_CONFIG } from '../../lib/rules/ruleset.ts';
import {
  type FindingTriaged,
  findingTriaged,
  writeFindingTriaged,
} from '../../lib/triage/finding-triaged.ts';
import { FINDING_TRIAGED_SCHEMA } from '../../lib/triage/finding-triaged-schema.ts';
import { strictAjv } from '../rules/schemas/strict-ajv.ts';
import { closed } from './closed-schema.ts';

const FINDING: Finding = {
  Id: 'finding-1',
  ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/guardduty',
  AwsAccountId: '111122223333',
  Region: 'eu-west-1',
  Severity: { Label: 'HIGH' },
  Workflow: { Status: 'NEW' },
};
const EVENT = { id: 'e-1', 'detail-type': 'Security Hub Findings - Imported', time: '2026-03-01T10:00:00Z' };
const validate = strictAjv().addFormat('date-time', true).compile(closed(FINDING_TRIAGED_SCHEMA));

function told(update: FindingUpdate, members: object = {}, rules: readonly string[] = ['a']): FindingTriaged {
  const finding = { ...FINDING, ...members };
  const confirmed = { finding, outcome: { rules, update }, event: EVENT, atMs: 0 };
  return findingTriaged(confirmed, DEFAULT_CONFIG, '0123456789ab');
}

describe('what is told of an update', () => {
  it('is which finding, what changed, by which rules, and what brought it', () => {
    const marks = { triageSet: '{"v":1,"Workflow":"SUPPRESSED"}', triageRules: '|a|' };
    const update = {
      Workflow: { Status: 'SUPPRESSED' },
      UserDefinedFields: { ...marks, team: 'blue', kept: 'x' },
    } as const;

    expect(told(update, { UserDefinedFields: { kept: 'x', team: 'red' } })).toEqual({
      formatVersion: 1,
      instance: 'triage',
      ruleset: '0123456789ab',
      rules: ['a'],
      withdrawal: false,
      withdrawn: [],
      finding: {
        Id: 'finding-1',
        ProductArn: FINDING.ProductArn,
        AwsAccountId: '111122223333',
        Region: 'eu-west-1',
        Severity: { Label: 'HIGH' },
      },
      before: { Workflow: { Status: 'NEW' } },
      after: { Workflow: { Status: 'SUPPRESSED' }, UserDefinedFields: { team: 'blue' } },
      event: EVENT,
      confirmedAt: '1970-01-01T00:00:00.000Z',
    });
  });

  it('holds none of the words that stood on the finding before', () => {
    const secret = 'password hunter2';
    const text = writeFindingTriaged(
      told(
        { Note: { Text: 'ours', UpdatedBy: 'securityhub-triage' }, UserDefinedFields: { ticket: 'SEC-1' } },
        {
          ...{ Title: secret, Description: secret, GeneratorId: secret },
          Note: { Text: secret, UpdatedBy: secret },
          UserDefinedFields: { ticket: secret, other: secret },
          Resources: [{ Id: secret, Tags: { key: secret } }],
          AwsAccountId: secret,
          Region: secret,
        },
      ),
    );

    expect(text).not.toContain('hunter2');
    expect(JSON.parse(text).after).toEqual({
      Note: { Text: 'ours', UpdatedBy: 'securityhub-triage' },
      UserDefinedFields: { ticket: 'SEC-1' },
    });
  });

  it.each([
    ['AwsAccountId', '11112222333'],
    ['AwsAccountId', '1111222233334'],
    ['AwsAccountId', 'x111122223333'],
    ['AwsAccountId', 111122223333],
    ['Region', 'eu-west-1 '],
    ['Region', 'the eu-west-1'],
    ['Region', 'eu-1'],
    ['Region', 'eu-west-'],
    ['Region', ['eu-west-1']],
  ])('tells of no %s that is none: %j', (member, value) => {
    const { finding } = told({ Confidence: 7 }, { [member]: value });

    expect(finding).not.toHaveProperty(member);
    expect(Object.keys(finding)).toHaveLength(4);
  });

  it.each(['eu-west-1', 'us-gov-west-1', 'us-isob-east-1', 'ap-southeast-12'])(
    'tells of the Region %s',
    (Region) => {
      expect(told({ Confidence: 7 }, { Region }).finding).toMatchObject({ Region });
    },
  );

  it('takes the severity that rules read, not the one that a rule made of it', () => {
    const lowered = {
      Severity: { Label: 'LOW' },
      FindingProviderFields: { Severity: { Label: 'CRITICAL' } },
      UserDefinedFields: { triageSet: '{"v":1,"Severity":"LOW"}' },
    };

    expect(told({ Workflow: { Status: 'SUPPRESSED' } }, lowered).finding.Severity).toEqual({
      Label: 'CRITICAL',
    });
  });

  it('says what is taken back, and only of what this update changes', () => {
    const off = JSON.stringify({ v: 1, Workflow: 'NEW', Severity: 'HIGH', off: ['Severity', 'Workflow'] });
    const update = { Workflow: { Status: 'NEW' }, UserDefinedFields: { triageSet: off } } as const;

    expect(told(update, { Workflow: { Status: 'SUPPRESSED' } })).toMatchObject({
      withdrawal: true,
      withdrawn: ['Workflow'],
      before: { Workflow: { Status: 'SUPPRESSED' } },
    });
  });

  it.each(['no mark', '{"v":2,"off":["Confidence"]}', '{"v":1,"off":"Confidence"}', '{'])(
    'believes no mark that is none: %s',
    (triageSet) => {
      const update = { Confidence: 7, UserDefinedFields: { triageSet } };

      expect(told(update)).toMatchObject({ withdrawal: false, withdrawn: [] });
    },
  );

  it('is nothing but that it happened where only a mark of ours changed', () => {
    const { before, after } = told({ UserDefinedFields: { triageSet: '{"v":1}', triageRules: '|a|' } });

    expect([before, after]).toEqual([{}, {}]);
  });

  it('is whole up to 64 KiB', () => {
    const withNameOf = (length: number) =>
      writeFindingTriaged(told({ Confidence: 7 }, {}, ['r'.repeat(length)]));
    const most = 65_536 - withNameOf(0).length;

    expect(withNameOf(most)).toHaveLength(65_536);
    expect(withNameOf(most)).not.toContain('truncated');
    expect(withNameOf(most + 1)).toContain('"truncated":true');
  });

  it('is cut to 64 KiB, whatever was written', () => {
    const long = '\u0001'.repeat(1024);
    const whole = told(
      {
        Workflow: { Status: 'SUPPRESSED' },
        Note: { Text: '\u0001'.repeat(512), UpdatedBy: 'securityhub-triage' },
        Types: Array.from({ length: 50 }, (_, n) => `${n}${'\u0001'.repeat(500)}`),
        UserDefinedFields: Object.fromEntries(Array.from({ length: 47 }, (_, n) => [`k${n}`, long])),
      },
      { Types: Array.from({ length: 50 }, (_, n) => `${n}${'\u0002'.repeat(500)}`) },
      Array.from({ length: 300 }, (_, n) => `${n}-${'r'.repeat(120)}`),
    );

    const text = writeFindingTriaged(whole);

    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(65_536);
    const cut = JSON.parse(text);
    expect(validate(cut)).toBe(true);
    expect(cut).toMatchObject({ truncated: true, before: { Workflow: { Status: 'NEW' } } });
    expect(Object.keys(cut.after)).toEqual(['Workflow', 'Note']);
    expect(cut.rules).toHaveLength(20);
    expect(writeFindingTriaged(told({ Confidence: 7 }))).not.toContain('truncated');
  });
});

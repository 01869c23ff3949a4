import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/findings/finding.ts';
import { type LocalAccount, startLocalAccount } from '../../lib/local/account.ts';
import { synthesize } from '../../lib/local/run/synthesize.ts';
import { writeRules } from '../infrastructure/fixture-rules.ts';

const ADMINISTRATOR = '111122223333';
const HOME_REGION = 'eu-west-1';

/** A finding as the administrator's home Region shows it: its account, Region and product stay its own. */
function finding(account: string, region: string): Finding {
  return {
    Id: `arn:aws:guardduty:${region}:${account}:detector/d/finding/f`,
    ProductArn: `arn:aws:securityhub:${region}::product/aws/guardduty`,
    AwsAccountId: account,
    Region: region,
    Title: 'lower me',
    CreatedAt: '2026-06-01T00:00:00Z',
    UpdatedAt: '2026-06-01T00:00:00Z',
    Severity: { Label: 'HIGH', Normalized: 70 },
    FindingProviderFields: { Severity: { Label: 'HIGH' } },
    Workflow: { Status: 'NEW' },
    Resources: [{ Type: 'AwsEc2Instance', Id: 'i-1', Region: region }],
  };
}

const FINDINGS = {
  own: finding(ADMINISTRATOR, HOME_REGION),
  member: finding('444455556666', HOME_REGION),
  linkedRegion: finding(ADMINISTRATOR, 'us-east-1'),
  memberInLinkedRegion: finding('777788889999', 'ap-southeast-2'),
  // GovCloud and China are partitions of their own; a finding of one keeps its ARNs to the letter.
  otherPartition: {
    ...finding('222233334444', 'us-gov-west-1'),
    ProductArn: 'arn:aws-us-gov:securityhub:us-gov-west-1::product/aws/guardduty',
  },
};

let assemblyDir: string;
let account: LocalAccount;

beforeAll(async () => {
  const lower = (name: string, condition: object, label: string, priority: number) => ({
    name,
    owner: '@acme/secops',
    mode: 'enforce',
    priority,
    conditions: { all: [{ fact: 'Title', operator: 'equal', value: 'lower me' }, condition] },
    event: { type: 'update', params: { Severity: { Label: label } } },
  });
  const rulesDir = writeRules({}, [
    lower('lower-home', { fact: 'Region', operator: 'equal', value: HOME_REGION }, 'LOW', 10),
    lower('lower-member', { fact: 'AwsAccountId', operator: 'equal', value: '777788889999' }, 'MEDIUM', 20),
    lower(
      'lower-elsewhere',
      { fact: 'Region', operator: 'notEqual', value: HOME_REGION },
      'INFORMATIONAL',
      5,
    ),
  ]);
  assemblyDir = synthesize({ rulesDir, mode: 'enforce' });
  account = await startLocalAccount({
    assemblyDir,
    accountId: ADMINISTRATOR,
    region: HOME_REGION,
    timeScale: 0.001,
  });
  account.hub.seed(Object.values(FINDINGS));
  for (const identifier of Object.values(FINDINGS)) account.hub.emitImported(identifier);
  await account.settle();
});

afterAll(async () => {
  await account?.close();
  rmSync(assemblyDir, { recursive: true, force: true });
});

describe("one deployment in the administrator's home Region", () => {
  it('receives events under its own account and Region, whatever the finding says', () => {
    const [rule] = account.resources.eventRules;
    const pattern = JSON.stringify(rule?.pattern);

    // A pattern that named them at the top would select by bus, not by finding.
    expect(Object.keys(rule?.pattern ?? {})).not.toContain('account');
    expect(Object.keys(rule?.pattern ?? {})).not.toContain('region');
    expect(pattern).toContain('aws.securityhub');
  });

  it.each([
    ['own', 'LOW'],
    ['member', 'LOW'],
    ['linkedRegion', 'INFORMATIONAL'],
    ['memberInLinkedRegion', 'MEDIUM'],
    ['otherPartition', 'INFORMATIONAL'],
  ] as const)("decides on the finding's account and Region, not the envelope's: %s", (which, label) => {
    const stored = account.hub.findings().find(({ Id }) => Id === FINDINGS[which].Id);

    expect(stored).toMatchObject({ Severity: { Label: label } });
  });

  it('names findings to the letter in its calls, and makes them all in its own hub', () => {
    const sent = account.hub
      .calls()
      .filter(({ operation }) => operation === 'BatchUpdateFindings')
      .map(({ request, status }) => ({ status, ...(request as { FindingIdentifiers: unknown[] }) }));
    const identifiers = sent.flatMap(({ FindingIdentifiers }) => FindingIdentifiers);

    expect(sent.every(({ status }) => status === 200)).toBe(true);
    expect(identifiers).toHaveLength(5);
    expect(identifiers).toEqual(
      expect.arrayContaining(Object.values(FINDINGS).map(({ Id, ProductArn }) => ({ Id, ProductArn }))),
    );
  });
});

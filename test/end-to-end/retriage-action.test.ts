import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/findings/finding.ts';
import { type LocalAccount, startLocalAccount } from '../../lib/local/account.ts';
import { synthesize } from '../../lib/local/run/synthesize.ts';
import { writeRules } from '../infrastructure/fixture-rules.ts';

const HELD: Finding = {
  Id: 'held',
  ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/guardduty',
  AwsAccountId: '444455556666',
  Region: 'us-east-1',
  Title: 'lower me',
  CreatedAt: '2026-06-01T00:00:00Z',
  UpdatedAt: '2026-06-01T00:00:00Z',
  // A person raised it above its provider's word, and then put it on hold.
  Severity: { Label: 'CRITICAL', Normalized: 90 },
  FindingProviderFields: { Severity: { Label: 'HIGH' } },
  UserDefinedFields: { ticket: 'SEC-1', triageHold: 'investigating' },
  Workflow: { Status: 'NEW' },
  Resources: [{ Type: 'AwsEc2Instance', Id: 'i-1' }],
};
const UNSELECTED: Finding = { ...HELD, Id: 'unselected' };

let assemblyDir: string;
let account: LocalAccount;

beforeAll(async () => {
  const rulesDir = writeRules({}, [
    {
      name: 'lower-by-title',
      owner: '@acme/secops',
      mode: 'enforce',
      priority: 10,
      conditions: { all: [{ fact: 'Title', operator: 'equal', value: 'lower me' }] },
      event: { type: 'update', params: { Severity: { Label: 'LOW' } } },
    },
  ]);
  assemblyDir = synthesize({ rulesDir, mode: 'enforce' });
  account = await startLocalAccount({ assemblyDir, timeScale: 0.001 });
});

afterAll(async () => {
  await account?.close();
  rmSync(assemblyDir, { recursive: true, force: true });
});

const standing = (id: string) => account.hub.findings().find(({ Id }) => Id === id);

describe('the custom action Re-triage', () => {
  it('is a button of the deployed stack', () => {
    const [action] = account.resources.actionTargets;

    expect(action).toMatchObject({
      id: 'triageRetriage',
      name: 'Re-triage',
      arn: 'arn:aws:securityhub:eu-west-1:111122223333:action/custom/triageRetriage',
    });
    expect(account.resources.actionTargets).toHaveLength(1);
  });

  it('decides over a hold and a value that a person set, on the selected finding and for that event alone', async () => {
    account.hub.seed([HELD, UNSELECTED]);
    for (const finding of [HELD, UNSELECTED]) account.hub.emitImported(finding);
    await account.settle();
    const before = standing('held');

    account.press('triageRetriage', [HELD]);
    await account.settle();

    expect(before).toEqual(HELD);
    expect(standing('held')).toMatchObject({
      Severity: { Label: 'LOW' },
      UserDefinedFields: { ticket: 'SEC-1', triageHold: 'off' },
    });
    expect(standing('unselected')).toEqual(UNSELECTED);
  });

  it('leaves what a person changes afterwards to that person', async () => {
    const changed = { ...standing('held'), Severity: { Label: 'MEDIUM' } } as Finding;
    account.hub.seed([changed]);

    account.hub.emitImported(changed);
    await account.settle();

    expect(standing('held')).toMatchObject({ Severity: { Label: 'MEDIUM' } });
  });
});

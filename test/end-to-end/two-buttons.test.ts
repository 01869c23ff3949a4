import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/findings/finding.ts';
import type { LocalAccount } from '../../lib/local/account.ts';
import { customActionEvent } from '../../lib/local/security-hub/custom-action-event.ts';
import { writeRules } from '../infrastructure/fixture-rules.ts';
import { deploy } from './deployed.ts';

const HOUR_MS = 3_600_000;
const SEEN: Finding = {
  Id: 'finding-1',
  ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/guardduty',
  AwsAccountId: '111122223333',
  Title: 'seen by two people',
  CreatedAt: '2026-06-01T00:00:00Z',
  UpdatedAt: '2026-06-01T00:00:00Z',
  Severity: { Label: 'HIGH', Normalized: 70 },
  Workflow: { Status: 'NEW' },
  FindingProviderFields: { Severity: { Label: 'HIGH' } },
  Resources: [{ Type: 'AwsEc2Instance', Id: 'i-1' }],
};
const STATUS_OF = { accept: 'RESOLVED', reopen: 'NOTIFIED' } as const;
type Button = keyof typeof STATUS_OF;

let account: LocalAccount;

beforeAll(async () => {
  const rules = Object.entries(STATUS_OF).map(([action, Status]) => ({
    ...{
      name: `on-${action}`,
      owner: '@acme/secops',
      mode: 'enforce',
      priority: action === 'accept' ? 10 : 20,
    },
    conditions: { all: [{ fact: 'event.actionName', operator: 'equal', value: action }] },
    event: { type: 'update', params: { Workflow: { Status } } },
  }));
  const rulesDir = writeRules({ customActions: Object.keys(STATUS_OF) }, rules);
  account = await deploy({ rulesDir, mode: 'enforce' });
});

afterAll(() => account.close());

/** Delivers the press of a button on the finding as it stood when it was new. */
function press(action: Button, atMs: number): void {
  const { accountId, region } = account;
  const arn = `arn:aws:securityhub:${region}:${accountId}:action/custom/${action}`;
  const envelope = { id: randomUUID(), account: accountId, region, nowMs: atMs };
  account.emit(customActionEvent({ arn, name: action, description: '' }, SEEN, envelope));
}

const status = () => account.hub.findings()[0]?.Workflow;
const updates = () => account.hub.calls().filter(({ operation }) => operation === 'BatchUpdateFindings');

describe('two buttons pressed in a row, by the deployed function', () => {
  it('end as the second says, though both have waited three hours in the queue', async () => {
    account.hub.seed([SEEN]);

    press('accept', Date.now() - 3 * HOUR_MS);
    press('reopen', Date.now() - 3 * HOUR_MS + 20_000);
    await account.settle();

    expect(status()).toEqual({ Status: 'NOTIFIED' });
    expect(updates()).toHaveLength(2);
  });

  it('leave the last word to it when the first is delivered once more', async () => {
    press('accept', Date.now() - 3 * HOUR_MS);
    await account.settle();

    expect(status()).toEqual({ Status: 'NOTIFIED' });
    expect(updates()).toHaveLength(2);
  });

  it('leave all to a press that is made after both', async () => {
    press('accept', Date.now());
    await account.settle();

    expect(status()).toEqual({ Status: 'RESOLVED' });
  });
});

import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/findings/finding.ts';
import type { LocalAccount } from '../../lib/local/account.ts';
import { importedEvent } from '../../lib/local/security-hub/imported-event.ts';
import { writeRules } from '../infrastructure/fixture-rules.ts';
import { deploy } from './deployed.ts';

const FINDINGS: readonly Finding[] = Array.from({ length: 120 }, (_, n) => ({
  Id: `finding-${n}`,
  ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/securityhub',
  AwsAccountId: '111122223333',
  Title: 'a public bucket',
  CreatedAt: '2026-06-01T00:00:00Z',
  UpdatedAt: '2026-06-01T00:00:00Z',
  Severity: { Label: 'HIGH', Normalized: 70 },
  Compliance: { Status: 'FAILED', SecurityControlId: 'S3.8' },
  Workflow: { Status: 'NEW' },
  FindingProviderFields: { Severity: { Label: 'HIGH' } },
  Resources: [{ Type: 'AwsS3Bucket', Id: `arn:aws:s3:::bucket-${n}` }],
}));

let account: LocalAccount;

beforeEach(async () => {
  account = await deploy({ rulesDir: writeRules(), mode: 'enforce' });
  account.hub.seed(FINDINGS);
});

afterEach(() => account.close());

/** Delivers all findings while Security Hub refuses so many calls as invalid; returns how many findings each call named. */
async function callsWhere(refusals: number): Promise<readonly number[]> {
  account.hub.faults.failCalls('InvalidInputException', 400, { times: refusals });
  const { accountId, region } = account;
  for (const finding of FINDINGS)
    account.emit(importedEvent(finding, { id: randomUUID(), account: accountId, region, nowMs: Date.now() }));
  await account.settle();
  return account.hub
    .calls()
    .filter(({ operation }) => operation === 'BatchUpdateFindings')
    .map(({ request }) => (request as { FindingIdentifiers: readonly unknown[] }).FindingIdentifiers.length);
}

const letters = () =>
  account.resources.queues
    .filter(({ logicalId }) => /DeadLetter/.test(logicalId))
    .flatMap(({ name }) => account.queues.peek(name));
const notified = () =>
  account.hub.findings().filter(({ Workflow }) => (Workflow as { Status: string }).Status === 'NOTIFIED');

describe('a payload that Security Hub refuses, sent by the deployed function', () => {
  it('is given up after five findings alone, and each of its findings is in the dead-letter queue', async () => {
    const calls = await callsWhere(6);

    expect(calls).toEqual([100, 1, 1, 1, 1, 1]);
    expect(letters()).toHaveLength(120);
    expect(notified()).toEqual([]);
  });

  it('is sent on where a finding alone is accepted, and nothing is lost', async () => {
    const calls = await callsWhere(1);

    expect(calls[0]).toBe(100);
    expect(calls.reduce((sum, count) => sum + count, 0)).toBe(220);
    expect(notified()).toHaveLength(120);
    expect(letters()).toEqual([]);
  });
});

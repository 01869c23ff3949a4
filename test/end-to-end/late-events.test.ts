import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/findings/finding.ts';
import { type LocalAccount, startLocalAccount } from '../../lib/local/account.ts';
import { synthesize } from '../../lib/local/run/synthesize.ts';
import { importedEvent } from '../../lib/local/security-hub/imported-event.ts';
import { temporaryDir } from '../infrastructure/temporary-dir.ts';

const quiet: Finding = {
  Id: 'finding-1',
  ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/guardduty',
  AwsAccountId: '111122223333',
  Title: 'quiet',
  CreatedAt: '2026-06-01T00:00:00Z',
  UpdatedAt: '2026-06-01T00:00:00Z',
  Severity: { Label: 'HIGH', Normalized: 70 },
  Workflow: { Status: 'NEW' },
  FindingProviderFields: { Severity: { Label: 'HIGH' } },
  Resources: [{ Type: 'AwsEc2Instance', Id: 'i-1' }],
};
/** The same finding as its provider sends it a little later. */
const loud: Finding = {
  ...quiet,
  Title: 'loud',
  UpdatedAt: '2026-06-02T00:00:00Z',
  Severity: { Label: 'CRITICAL', Normalized: 90 },
  FindingProviderFields: { Severity: { Label: 'CRITICAL' } },
};

let assemblyDir: string;
let account: LocalAccount;

beforeAll(async () => {
  const rulesDir = temporaryDir();
  mkdirSync(join(rulesDir, 'late'));
  const rules = [
    ['lower-quiet', 'quiet', { Severity: { Label: 'LOW' } }],
    ['notify-loud', 'loud', { Workflow: { Status: 'NOTIFIED' } }],
  ] as const;
  for (const [index, [name, title, params]] of rules.entries()) {
    const conditions = { all: [{ fact: 'Title', operator: 'equal', value: title }] };
    const rule = {
      name,
      owner: '@acme/secops',
      mode: 'enforce',
      priority: 10 + index,
      conditions,
      event: { type: 'update', params },
    };
    writeFileSync(join(rulesDir, 'late', `${name}.json`), JSON.stringify(rule));
  }
  assemblyDir = synthesize({ rulesDir, mode: 'enforce' });
  account = await startLocalAccount({ assemblyDir, timeScale: 0.001 });
});

afterAll(async () => {
  await account?.close();
  rmSync(assemblyDir, { recursive: true, force: true });
});

function eventOf(finding: Finding, nowMs: number): unknown {
  return importedEvent(finding, { id: randomUUID(), account: '111122223333', region: 'eu-west-1', nowMs });
}

describe('events that show a finding as it stood before our own update', () => {
  it('leave it where the provider and the rules want it, with a mark that says so', async () => {
    const madeMs = Date.now() - 5_000;
    account.hub.seed([quiet]);
    account.emit(eventOf(quiet, madeMs));
    await account.settle();
    // The provider has raised it meanwhile; the event of that was made before our update and shows no mark.
    const [stored] = account.hub.findings();
    const marks = stored?.UserDefinedFields;
    account.hub.seed([{ ...loud, UserDefinedFields: marks, Severity: stored?.Severity }]);

    account.emit(eventOf(loud, madeMs + 1_000));
    await account.settle();
    account.emit(eventOf(quiet, madeMs));
    await account.settle();

    const [finding] = account.hub.findings();
    expect(finding).toMatchObject({ Severity: { Label: 'CRITICAL' }, Workflow: { Status: 'NOTIFIED' } });
    const fields = finding?.UserDefinedFields as Record<string, string> | undefined;
    expect(JSON.parse(fields?.triageSet ?? '')).toEqual({
      v: 1,
      Workflow: 'NOTIFIED',
      Severity: 'CRITICAL',
      off: ['Severity'],
    });
  });
});

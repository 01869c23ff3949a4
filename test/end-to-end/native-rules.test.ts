import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareWithNative } from '../../lib/doctor/checks/overlaps.ts';
import { type LocalAccount, startLocalAccount } from '../../lib/local/account.ts';
import { synthesize } from '../../lib/local/run/synthesize.ts';
import { loadRules } from '../../lib/rules/load.ts';
import { writeRules } from '../infrastructure/fixture-rules.ts';
import { finding } from '../local/security-hub/account.ts';

const PRODUCT_ARN = 'arn:aws:securityhub:eu-west-1:111122223333:product/111122223333/default';

function raise(title: string, more: object = {}) {
  return {
    ...{ name: `raise-${title}`, description: 'Of this test.', owner: '@acme/secops', mode: 'enforce' },
    priority: 10,
    conditions: { all: [{ fact: 'Title', operator: 'equal', value: title }] },
    event: { type: 'update', params: { Severity: { Label: 'CRITICAL' } } },
    ...more,
  };
}

/** Whatever is imported is LOW, says the administrator's own rule. */
const NATIVE = {
  ...{ RuleName: 'All is low', Description: 'Of this test.', RuleOrder: 1 },
  Criteria: { ProductArn: [{ Value: PRODUCT_ARN, Comparison: 'EQUALS' }] },
  Actions: [{ Type: 'FINDING_FIELDS_UPDATE', FindingFieldsUpdate: { Severity: { Label: 'LOW' } } }],
};

let rulesDir: string;
let assemblyDir: string;
let account: LocalAccount;

beforeAll(async () => {
  rulesDir = writeRules({}, [raise('respected'), raise('overwritten', { overwrite: ['Severity'] })]);
  assemblyDir = synthesize({ rulesDir, mode: 'enforce' });
  account = await startLocalAccount({ assemblyDir, timeScale: 0.001 });
  account.hub.call('CreateAutomationRule', NATIVE);
}, 120_000);

afterAll(async () => {
  await account?.close();
  rmSync(assemblyDir, { recursive: true, force: true });
});

/** The provider sends the finding, for the n-th time. */
async function provide(Title: string, n: number): Promise<void> {
  const members = { ProductArn: PRODUCT_ARN, AwsAccountId: '111122223333', Title };
  const UpdatedAt = `2026-01-02T00:00:0${n}.000Z`;
  account.hub.call('BatchImportFindings', { Findings: [finding(Title, { ...members, UpdatedAt })] });
  await account.settle();
}

const labelOf = (id: string) => {
  const found = account.hub.findings().find(({ Id }) => Id === id);
  return (found?.Severity as { readonly Label: string } | undefined)?.Label;
};
const updatesOf = (id: string) =>
  account.hub
    .calls()
    .filter(({ operation }) => operation === 'BatchUpdateFindings')
    .filter(({ request }) => JSON.stringify(request).includes(`"Id":"${id}"`)).length;

describe('a native rule that writes what a rule here writes', () => {
  it('comes first, and its value is held: nothing is sent, however often the finding comes', async () => {
    for (const n of [1, 2, 3]) await provide('respected', n);

    expect(labelOf('respected')).toBe('LOW');
    expect(updatesOf('respected')).toBe(0);
  });

  it('takes turns for ever with a rule that overwrites it', async () => {
    for (const n of [1, 2, 3]) await provide('overwritten', n);

    expect(labelOf('overwritten')).toBe('CRITICAL');
    expect(updatesOf('overwritten')).toBe(3);
  });

  it('is what triage doctor says of the two', () => {
    const loaded = loadRules(rulesDir);
    const { ruleset } = loaded;
    if (ruleset === null) throw new Error('The rules do not load.');

    const { overlaps } = compareWithNative([NATIVE], { ...loaded, ruleset }, Date.now());

    expect(overlaps).toMatchObject([
      {
        native: { name: 'All is low' },
        rules: [
          { name: 'raise-overwritten', overwrites: true },
          { name: 'raise-respected', overwrites: false },
        ],
      },
    ]);
  });
});

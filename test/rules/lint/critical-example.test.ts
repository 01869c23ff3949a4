import { describe, expect, it } from 'vitest';
import { GUARDDUTY, leaf, lintFolder, lintFor, NOT_CRITICAL, rule, suppressing } from './lint-folder.ts';

const ACCOUNT = leaf('AwsAccountId', 'in', ['111122223333']);
const hiding = (conditions: unknown, members = {}) =>
  rule('example', conditions, { ...suppressing(), ...members });

describe('a rule that may suppress CRITICAL', () => {
  it('is told with its reach and a finding that it would hide', async () => {
    expect(await lintFor('TR205', [hiding([GUARDDUTY, ACCOUNT])])).toEqual([
      '25:19 error: This rule may suppress CRITICAL findings. It reaches certain products, 1 of the 2 known accounts, any control or type of finding and any resource, up to CRITICAL. It would hide a finding with Severity.Label "CRITICAL", ProductName "GuardDuty", AwsAccountId "111122223333". Add { "fact": "Severity.Label", "operator": "in", "value": ["INFORMATIONAL", "LOW", "MEDIUM"] }, or confirm with "allowCritical": true.',
    ]);
  });

  it('is told with all else that is wrong with it', async () => {
    const { diagnostics } = await lintFolder({ 'area/example.json': hiding([GUARDDUTY]) });

    expect(diagnostics.map(({ code }) => code).sort()).toEqual(['TR201', 'TR205', 'TR301', 'TR403']);
  });

  it('has no example where no finding that is CRITICAL can match', async () => {
    const never = [GUARDDUTY, leaf('Severity.Original', 'exists', true), { not: leaf('Id', 'exists', true) }];

    const [message] = await lintFor('TR205', [hiding(never)]);

    expect(message).toContain('This rule may suppress CRITICAL findings. Add {');
  });

  it('is none where its conditions leave CRITICAL out', async () => {
    expect(await lintFor('TR205', [hiding([GUARDDUTY, ACCOUNT, NOT_CRITICAL])])).toEqual([]);
  });
});

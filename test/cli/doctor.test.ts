import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeRules } from '../infrastructure/fixture-rules.ts';
import { finding } from '../local/security-hub/account.ts';
import {
  type DeployedAccount,
  deployForTest,
  startDeployedAccount,
  synthesizeProduct,
} from './deployed-account.ts';
import { createSurroundings, triage } from './triage.ts';

const HOSTILE = 'Low \u202e\u001b[2J';
const NATIVE = {
  ...{ RuleArn: 'arn:aws:securityhub:eu-west-1:111122223333:automation-rule/1', RuleName: HOSTILE },
  ...{ RuleStatus: 'ENABLED', RuleOrder: 1, IsTerminal: false },
  Criteria: { ComplianceSecurityControlId: [{ Value: 'S3.8', Comparison: 'EQUALS' }] },
  Actions: [{ Type: 'FINDING_FIELDS_UPDATE', FindingFieldsUpdate: { Workflow: { Status: 'SUPPRESSED' } } }],
};

let rules: string;
let deployed: DeployedAccount;

beforeAll(async () => {
  rules = writeRules();
  deployed = await startDeployedAccount(synthesizeProduct(rules));
}, 300_000);

afterAll(() => deployed?.close());

const doctor = (...args: readonly string[]) => deployed.triage(['doctor', '--rules', rules, ...args]);

describe('triage doctor', () => {
  it('finds nothing wrong where the product is deployed in the right place', async () => {
    deployed.account.hub.set({ isDelegated: true, members: ['444455556666', '777788889999'] });
    deployed.account.hub.set({ aggregation: { homeRegion: 'eu-west-1', mode: 'ALL_REGIONS', regions: [] } });

    const { code, stdout, stderr } = await doctor();

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(`Security Hub in account 111122223333, eu-west-1
✓ Security Hub CSPM is enabled in this account and Region.
✓ This is the organization's delegated administrator: it sees findings of 2
  members.
✓ This is the home Region: findings of all Regions come here.
✓ The stack SecurityHubTriage is deployed here.
✓ No native automation rule is enabled.
✓ No active finding is suppressed.
✓ Nobody else listens for findings on the default event bus.

7 fine.
`);
  }, 60_000);

  it('tells what is wrong and what to do, and fails; what others wrote does nothing to the terminal', async () => {
    const { hub, rulesOfBus } = deployed.account;
    hub.set({ aggregation: { homeRegion: 'eu-central-1', mode: 'ALL_REGIONS', regions: [] } });
    hub.set({ automationRules: [NATIVE] });
    hub.seed([
      finding('one', {
        ...{ RecordState: 'ACTIVE', Workflow: { Status: 'SUPPRESSED' } },
        Note: { Text: 'ok', UpdatedBy: `bot${HOSTILE}`, UpdatedAt: '2026-01-01T00:00:00Z' },
      }),
    ]);
    rulesOfBus.add({
      ...{ name: 'pager', arn: 'arn:aws:events:eu-west-1:111122223333:rule/pager', enabled: true },
      pattern: { source: ['aws.securityhub'] },
      targets: [{ id: '1', arn: 'arn:aws:sns:eu-west-1:111122223333:pager' }],
    });

    const { code, stdout } = await doctor();

    expect(code).toBe(1);
    expect(stdout).toContain('✗ This is a linked Region');
    expect(stdout).toContain('→ Deploy in eu-central-1, and not here');
    expect(stdout).toContain('sets Workflow SUPPRESSED; so does');
    expect(stdout).toContain('notify-public-bucket');
    expect(stdout).toContain('pager → sns pager');
    expect(stdout).toMatch(/^1 wrong, 3 worth knowing, 3 fine\.$/m);
    expect([stdout.includes('\u202e'), stdout.includes('\u001b')]).toEqual([false, false]);
    expect(stdout).not.toMatch(/→ *$/m);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  }, 60_000);

  it('tells programs the same', async () => {
    const { code, stdout } = await doctor('-f', 'json');
    const { ok, counts, observations, ...rest } = JSON.parse(stdout);

    expect(code).toBe(1);
    expect(rest).toMatchObject({ version: 1, account: '111122223333', region: 'eu-west-1' });
    expect({ ok, counts }).toEqual({ ok: false, counts: { wrong: 1, note: 3, fine: 3, unseen: 0 } });
    expect(observations).toContainEqual(
      expect.objectContaining({
        ...{ topic: 'automation-rules', code: 'held', standing: 'note' },
        data: [expect.objectContaining({ field: 'Workflow', native: { name: HOSTILE, order: 1 } })],
      }),
    );
    expect([stdout.includes('\u202e'), stdout.includes('\u001b')]).toEqual([false, false]);
  }, 60_000);

  it('tells what it may not look at, and fails where that is everything', async () => {
    const { code, stdout, stderr } = await deployed.triage(
      ['doctor', '--rules', rules],
      deployed.role('RedriveRole'),
    );

    expect(code).toBe(2);
    expect(stdout).toContain('? Native automation rules could not be looked at: you lack');
    expect(stdout).toMatch(/^\d+ not looked at\.$/m);
    expect(stderr).toContain('Nothing could be looked at');
  }, 60_000);

  it('looks at the account without rules, or with rules that do not load', async () => {
    const missing = await deployed.triage(['doctor', '--rules', 'nowhere']);
    deployed.surroundings.write('own/rules/area/bad.json', '{');
    const broken = await deployed.triage(['doctor', '--rules', 'own/rules']);

    expect(missing).toMatchObject({ code: 1, stdout: expect.stringContaining('so nothing is') });
    expect(missing.stderr).toContain('There are no rules in nowhere');
    expect(broken).toMatchObject({ code: 1, stdout: expect.stringContaining('so nothing is') });
    expect(broken.stderr).toContain('triage lint');
  }, 60_000);

  it('tells whether the bus is there on which the deployed stack tells decisions, and fails where it is not', async () => {
    const assemblyDir = synthesizeProduct(rules, { decisionBus: 'decisions' });
    const [without, withBus] = [
      await deployForTest(assemblyDir),
      await deployForTest(assemblyDir, { eventBuses: ['decisions'] }),
    ];

    const missing = await without.triage(['doctor', '--rules', rules]);
    const there = await withBus.triage(['doctor', '--rules', rules]);

    expect(missing.code).toBe(1);
    expect(
      missing.stdout,
    ).toContain(`✗ There is no event bus decisions, on which the stack tells decisions: their
  events are lost, and nothing counts them.
  → Make it (aws events create-event-bus --name decisions), or deploy with
    another triage:decisionBus.
`);
    expect(there.code).toBe(0);
    expect(there.stdout).toContain('✓ The event bus decisions, on which decisions are told, is there.\n');
  }, 120_000);

  it('refuses to look where there is no account', async () => {
    const surroundings = createSurroundings();

    const { code, stdout, stderr } = await triage(surroundings, 'doctor', '-f', 'json');
    surroundings.remove();

    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ version: 1, ok: false });
    expect(stderr).toContain('There is no account to look at');
  }, 60_000);
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAccountFacts } from '../../lib/infrastructure/configuration/account-facts.ts';
import { QUESTIONS } from '../../lib/verification/questions.ts';
import { writeRules } from '../infrastructure/fixture-rules.ts';
import { type DeployedAccount, startDeployedAccount, synthesizeProduct } from './deployed-account.ts';
import { createSurroundings, spawnTriage, triage } from './triage.ts';

const FACTS = 'account-facts.json';
const HASTY = ['--linger', '1', '--patience', '20'];

let deployed: DeployedAccount;

beforeAll(async () => {
  deployed = await startDeployedAccount(synthesizeProduct(writeRules()));
}, 300_000);

afterAll(() => deployed?.close());

const verify = (...args: readonly string[]) => deployed.triage(['verify-account', ...args]);
const written = (name = FACTS) => join(deployed.surroundings.cwd, name);

describe('triage verify-account', () => {
  it('tells what it would ask, and asks nothing without --apply', async () => {
    const { code, stdout, stderr } = await verify();
    const inJson = await verify('-f', 'json');

    expect(code).toBe(0);
    expect(stdout).toContain('· Is an empty list taken?\n');
    expect(stderr).toContain('nothing was asked');
    expect(JSON.parse(inJson.stdout).questions).toHaveLength(QUESTIONS.length);
    expect(deployed.account.hub.calls()).toEqual([]);
    expect(existsSync(written())).toBe(false);
  }, 60_000);

  it('asks the account beside a deployed and enforcing stack, prints what it found, and leaves the facts', async () => {
    const { code, stdout, stderr } = await verify('--apply', ...HASTY);
    const facts = readAccountFacts(written());
    const [finding] = deployed.account.hub.findings();

    expect(code).toBe(0);
    expect(stdout).toContain('✓ Is an empty list taken?\n    what stood there is gone\n');
    expect(stdout).toContain('16 questions without an answer');
    expect(stdout).toContain('? No role was named with --role.\n    deny.Workflow.Status, ');
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(stderr).toContain('14 of 14: Does the limit of 2,048 characters');
    expect(stderr).toContain(`Written to ${FACTS}.`);
    expect(facts?.answers.noOpEvent).toEqual({ answer: 'sent' });
    expect(finding).toMatchObject({ RecordState: 'ARCHIVED' });
    expect(JSON.stringify(finding?.UserDefinedFields)).not.toContain('triageSet');
  }, 120_000);

  it('says what to grant, and keeps the facts of the run before', async () => {
    const before = readFileSync(written(), 'utf8');

    const { code, stderr } = await deployed.triage(
      ['verify-account', '--apply', ...HASTY],
      deployed.role('RedriveRole'),
    );

    expect(code).toBe(1);
    expect(stderr).toContain('securityhub:DescribeHub on the hub failed');
    expect(stderr).toContain('docs/verify-account.md');
    expect(readFileSync(written(), 'utf8')).toBe(before);
  }, 60_000);

  it('fails where it left something behind, and names it', async () => {
    const { faults } = deployed.account.hub;
    const running = verify('--apply', '--no-events', '--out', 'other.json', ...HASTY, '-f', 'json');
    // The first import brings the finding in, the second would archive it.
    while (deployed.account.hub.findings().every(({ RecordState }) => RecordState !== 'ACTIVE'))
      await new Promise((resolve) => setTimeout(resolve, 5));
    faults.failCalls('InternalException', 500, { operation: 'BatchImportFindings', times: 9 });
    const { code, stdout, stderr } = await running;
    faults.clear();

    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, left: [expect.stringContaining('still active')] });
    expect(stderr).toContain('Left behind, for you to take away: the finding');
    expect(existsSync(written('other.json'))).toBe(true);
  }, 120_000);

  it('ends at Ctrl-C after the question under way, and tells and writes what it has', async () => {
    const { account, surroundings, environment } = deployed;
    const args = ['verify-account', '--apply', '--no-events', '--out', 'part.json', ...HASTY];
    const before = account.hub.findings().length;
    const child = spawnTriage({ ...surroundings, env: environment() }, args);
    const ended = new Promise((resolve) => child.once('close', resolve));
    const printed = child.stdout ? text(child.stdout) : Promise.resolve('');

    while (account.hub.findings().length === before) await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill('SIGINT');

    expect(await ended).toBe(130);
    expect(await printed).toContain('The run was interrupted before.');
    expect(readAccountFacts(written('part.json'))?.unanswered).toHaveProperty('noteOfSeveralLines');
    expect(account.hub.findings().at(-1)).toMatchObject({ RecordState: 'ARCHIVED' });
  }, 120_000);

  it.each([
    [['--role', 'me'], 'A role is named by its ARN'],
    [['--patience', 'long'], 'Not a whole number of seconds'],
    [['--apply', '--out', 'nowhere/facts.json'], '--out nowhere/facts.json cannot be written'],
  ])(
    'refuses %j',
    async (args, why) => {
      const surroundings = createSurroundings();

      const { code, stderr } = await triage(surroundings, 'verify-account', ...args);
      surroundings.remove();

      expect(code).toBe(2);
      expect(stderr).toContain(why);
    },
    60_000,
  );
});

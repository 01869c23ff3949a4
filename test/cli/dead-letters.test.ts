import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { writeRules } from '../infrastructure/fixture-rules.ts';
import { finding } from '../local/security-hub/account.ts';
import {
  type DeployedAccount,
  deployForTest,
  emitAll,
  startDeployedAccount,
  synthesizeProduct,
} from './deployed-account.ts';
import { HOSTILE_ID } from './own-input.ts';
import { type Finished, triage } from './triage.ts';

const onProduct = (value: string) => ({ all: [{ fact: 'ProductName', operator: 'equal', value }] });
const notify = (status: string) => ({
  name: 'notify-scanner',
  description: 'A rule of this test.',
  owner: '@acme/secops',
  mode: 'enforce',
  priority: 100,
  conditions: onProduct('Scanner'),
  event: { type: 'update', params: { Workflow: { Status: status } } },
});
const FINDINGS = [...Array(6).keys()].map((n) => finding(`finding-${n}`, { ProductName: 'Scanner' }));
const HOSTILE = finding(HOSTILE_ID, { ProductName: 'Scanner', Title: '\u001b[2Jcanary' });
const DAY_MS = 86_400_000;

let assemblyDir: string;
let rules: string;
/** An account that tests only read: three refused sizes, two values, and one finding that is gone. */
let read: DeployedAccount;

beforeAll(async () => {
  rules = writeRules({}, [notify('NOTIFIED')]);
  assemblyDir = synthesizeProduct(rules);
  read = await startDeployedAccount(assemblyDir);
  await refuseAll(read);
}, 300_000);

afterAll(() => read?.close());

async function refuseAll(deployed: DeployedAccount): Promise<void> {
  const { hub, settle } = deployed.account;
  hub.seed([...FINDINGS.slice(1), HOSTILE]);
  for (const one of FINDINGS.slice(1, 4)) hub.faults.fail(one, 'FindingSizeExceeded', 1);
  for (const one of [...FINDINGS.slice(4), HOSTILE]) hub.faults.fail(one, 'InvalidInput', 1);
  emitAll(deployed, [...FINDINGS, HOSTILE]);
  await settle();
}

const counts = ({ account, queue }: DeployedAccount) => ({
  deadLetters: account.queues.peek(queue('DeadLetter').name).length,
  undelivered: account.queues.peek(queue('Undelivered').name).length,
  calls: account.hub.calls().filter(({ operation }) => operation === 'BatchUpdateFindings').length,
});

/** The endpoint of another account's Security Hub, which has no findings. */
async function hubOf(accountId: string): Promise<string> {
  const server = createServer((request, response) => {
    const HubArn = `arn:aws:securityhub:eu-west-1:${accountId}:hub/default`;
    response.end(JSON.stringify(request.url === '/accounts' ? { HubArn } : { Findings: [] }));
  });
  onTestFinished(() => void server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function parsed({ stdout }: Finished) {
  return JSON.parse(stdout);
}

describe('triage dead-letters list', () => {
  it('counts letters by cause with what to do, by rule and by age, and removes none', async () => {
    const before = counts(read);

    const { code, stdout, stderr } = await read.deadLetters(['list', '-f', 'pretty']);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^Dead letters in \S+\n {2}7 letters\.\n {2}The oldest was sent .*; SQS forgets it in 1[34] days/,
    );
    expect(stdout).toMatch(
      / {2}FindingSizeExceeded {2}3 letters\n {4}With the update the finding would exceed 240 KB\./,
    );
    expect(stdout).toMatch(/ {2}FindingNotFound {2}1 letter\n/);
    expect(stdout).toMatch(/ 7 {2}notify-scanner\n/);
    expect(stdout).toMatch(/Undelivered events in \S+\n {2}None\.\n$/);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    expect(counts(read)).toEqual(before);
  });

  it('tells all of it in JSON, and when the first letter is forgotten', async () => {
    const report = parsed(await read.deadLetters(['list', '-f', 'json', '--cause', 'FindingSizeExceeded']));

    const [queue] = report.queues;
    expect(report).toMatchObject({ version: 1, ok: true });
    expect(queue).toMatchObject({ looked: 7, causes: [{ code: 'FindingSizeExceeded', letters: 3 }] });
    expect(queue.letters).toHaveLength(3);
    const first = Math.min(
      ...queue.letters.map(({ sentAt }: { readonly sentAt: string }) => Date.parse(sentAt)),
    );
    expect(Date.parse(queue.firstForgottenAt)).toBe(first + 14 * DAY_MS);
  });

  it('lets nothing of a finding act on the terminal or in a table', async () => {
    const texts = await Promise.all(
      ['pretty', 'compact', 'json', 'markdown'].map((format) => read.deadLetters(['list', '-f', format])),
    );

    for (const { stdout } of texts) {
      expect(stdout.replaceAll('\n', '').replaceAll('\t', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(stdout).not.toContain('canary');
    }
  });

  it('says that it looked at less than there is', async () => {
    const { stdout } = await read.deadLetters(['list', '--limit', '2', '-f', 'pretty']);

    expect(stdout).toContain('Looked at 2 of about 7: see --limit.');
  });
});

describe('triage dead-letters explain', () => {
  it('tells one letter in words and decides its finding anew', async () => {
    const { code, stdout } = await read.deadLetters(['explain', 'finding-1', '--rules', rules]);

    expect(code).toBe(0);
    expect(stdout).toMatch(/^letter {9}[\w-]{36} in dead letters, sent /);
    expect(stdout).toMatch(/\ncause {10}FindingSizeExceeded: Finding size exceeded 240 KB\n/);
    expect(stdout).toMatch(/\nredrive {8}helps once that is done\nby {13}notify-scanner\n/);
    expect(stdout).toMatch(/\nnow {12}by the rules in [\s\S]*\ndecision {7}NOTIFIED by notify-scanner/);
  });

  it('says that a finding is gone', async () => {
    const { stdout } = await read.deadLetters(['explain', 'finding-0', '--rules', rules]);

    expect(stdout).toMatch(/\nnow {12}finding-0: gone from Security Hub; a redrive does not help\n/);
  });

  it('takes a saved letter, without an account', async () => {
    const letter = read.account.queues.peek(read.queue('DeadLetter').name)[0];
    const file = read.surroundings.write('letter.json', letter?.body ?? '');

    const { code, stdout } = await read.deadLetters(['explain', file, '--no-redecide', '-f', 'json']);

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      letter: { cause: { code: expect.any(String) } },
      now: [],
    });
  });

  it('says so where no letter has the id', async () => {
    const { code, stderr } = await read.deadLetters(['explain', 'finding-9']);

    expect(code).toBe(2);
    expect(stderr).toMatch(/^There is no letter with the id finding-9 in the queues/);
  });
});

describe('triage dead-letters redrive', () => {
  it('is dry unless told otherwise, and tells what would become of each letter', async () => {
    const before = counts(read);

    const { code, stdout } = await read.deadLetters(['redrive', '--rules', rules, '-f', 'pretty']);

    expect(code).toBe(0);
    expect(stdout).toMatch(/^Redrive of 7 letters: nothing is sent without --apply\n/);
    expect(stdout).toMatch(/ 1 {2}FindingNotFound +gone from Security Hub +keep\n/);
    expect(stdout).toMatch(/ 3 {2}FindingSizeExceeded +would be updated +send\n/);
    expect(counts(read)).toEqual(before);
  });

  it('sends them back as the redrive role and discards what is gone, so that each finding is dealt with', {
    timeout: 240_000,
  }, async () => {
    const deployed = await deployForTest(assemblyDir);
    await refuseAll(deployed);

    const { code, stdout, stderr } = await deployed.deadLetters([
      ...['redrive', '--apply', '--rules', rules, '--discard', 'gone.ndjson', '-f', 'compact'],
    ]);
    await deployed.account.settle();

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('FindingNotFound: 1 gone from Security Hub: discarded\n');
    expect(counts(deployed)).toMatchObject({ deadLetters: 0 });
    const statuses = deployed.account.hub.findings().map(({ Workflow }) => Workflow);
    expect(statuses).toEqual(Array(6).fill({ Status: 'NOTIFIED' }));
    const kept = readFileSync(join(deployed.surroundings.cwd, 'gone.ndjson'), 'utf8').trim().split('\n');
    expect(kept.map((line) => JSON.parse(line).body.detail.findings[0].Id)).toEqual(['finding-0']);
  });

  it('discards nothing where Security Hub of another account or Region is read, for all would seem to be gone', async () => {
    const before = counts(read);
    const env = { ...read.environment(), AWS_ENDPOINT_URL_SECURITYHUB: await hubOf('444455556666') };

    const { code, stderr } = await triage(
      { ...read.surroundings, env },
      ...['dead-letters', 'redrive', '--apply', '--rules', rules, '--discard', 'none.ndjson'],
    );

    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining(
        'you read Security Hub of account 444455556666 in eu-west-1, and the queue is of account 111122223333 in eu-west-1',
      ),
    });
    expect(existsSync(join(read.surroundings.cwd, 'none.ndjson'))).toBe(false);
    expect(counts(read)).toEqual(before);
  });

  it('decides anew by rules that changed since the letter was written', async () => {
    const changed = writeRules({}, [notify('RESOLVED')]);
    const gone = writeRules({}, [{ ...notify('NOTIFIED'), conditions: onProduct('Nobody') }]);

    const byChanged = parsed(
      await read.deadLetters(['redrive', '--id', 'finding-1', '--rules', changed, '-f', 'json']),
    );
    const byGone = parsed(
      await read.deadLetters(['redrive', '--id', 'finding-1', '--rules', gone, '-f', 'json']),
    );

    expect(byChanged.letters).toMatchObject([{ fate: 'updated', decided: [{ rules: ['notify-scanner'] }] }]);
    expect(byGone.letters).toMatchObject([{ fate: 'unchanged', attempt: { rules: ['notify-scanner'] } }]);
    expect(byChanged.ruleset).not.toBe(byChanged.letters[0].attempt.ruleset);
  });

  it('tells what to grant where something is denied', { timeout: 240_000 }, async () => {
    const asFunction = read.role('FunctionRole');
    const [letters, ingest] = [read.queue('DeadLetter').url, read.queue('Ingest').url];
    const named = ['--dead-letter-queue', letters, '--ingest-queue', ingest, '--no-redecide'];

    const noStack = await read.deadLetters(['list'], asFunction);
    const noRole = await read.deadLetters(
      ['list', '--dead-letter-queue', letters, '--role', read.role('RedriveRole')],
      asFunction,
    );
    const noReceive = await read.deadLetters(['redrive', ...named, '--no-role'], asFunction);
    const noSend = await read.deadLetters(['redrive', '--apply', ...named, '--no-role', '-f', 'json']);
    const noRead = await read.deadLetters(
      [
        'redrive',
        '--apply',
        '--dead-letter-queue',
        letters,
        '--ingest-queue',
        ingest,
        '--no-role',
        '--rules',
        rules,
      ],
      read.role('RedriveRole'),
    );

    expect([noStack, noRole, noReceive, noSend, noRead].map(({ code }) => code)).toEqual([1, 1, 1, 1, 1]);
    expect(noStack.stderr).toMatch(
      /cloudformation:DescribeStacks on the stack SecurityHubTriage failed: AccessDenied.*\nGrant it/,
    );
    expect(noRole.stderr).toMatch(
      /sts:AssumeRole on arn:\S+ failed: AccessDenied.*\nLet your identity sts:AssumeRole this role/,
    );
    expect(noReceive.stderr).toMatch(
      /sqs:ReceiveMessage on .* failed: AccessDenied.*\nThe stack's redrive role may/,
    );
    expect(noSend.stderr).toMatch(
      /sqs:SendMessage on .* failed: AccessDenied.*\nThe ingest queue takes messages from/,
    );
    expect(parsed(noSend)).toMatchObject({ ok: false, applied: true });
    expect(noRead.stdout).toContain('Not read from Security Hub: AccessDenied');
    expect(noRead.stderr).toMatch(/7 letters stay in the queue\.\n$/);
    expect(counts(read)).toMatchObject({ deadLetters: 7 });
  });

  it.each([
    [['redrive', '--rate', '0'], /Not a whole number from 1 to 500/],
    [['redrive', '--discard', 'gone.ndjson', '--no-redecide'], /needs to know which findings are gone/],
    [['list', '--older-than', 'yesterday'], /Write minutes, hours or days/],
    [['list', '--dead-letter-queue', 'my-queue'], /A queue is named by its URL/],
    [['list', '--stack', 'Nobody'], /There is no stack Nobody in this account and Region/],
    [['list', '--what'], /unknown option '--what'[\s\S]*\(triage dead-letters list --help\)/],
    [['purge'], /unknown command 'purge'/],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await read.deadLetters(args);

    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(message) });
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { until } from '../end-to-end/deployed.ts';
import { writeRules } from '../infrastructure/fixture-rules.ts';
import { finding } from '../local/security-hub/account.ts';
import { type DeployedAccount, deployForTest, synthesizeProduct } from './deployed-account.ts';

const FINDINGS = Array.from({ length: 350 }, (_, n) =>
  finding(`finding-${n}`, {
    ProductName: n < 5 ? 'GuardDuty' : 'Inspector',
    Compliance: { Status: 'FAILED', SecurityControlId: n % 10 === 0 ? 'S3.8' : 'EC2.1' },
  }),
);

const FOR_EVER = { times: Number.POSITIVE_INFINITY };

let assemblyDir: string;

beforeAll(() => {
  assemblyDir = synthesizeProduct(writeRules());
}, 120_000);

async function deploy(): Promise<DeployedAccount> {
  const deployed = await deployForTest(assemblyDir);
  deployed.account.hub.seed(FINDINGS);
  return deployed;
}

const readsOf = ({ account }: DeployedAccount) =>
  account.hub.calls().filter(({ operation }) => operation === 'GetFindings').length;

async function ended({ account }: DeployedAccount): Promise<void> {
  await until(() => account.executions().every(({ status }) => status !== 'RUNNING'), 'the sweep ends');
  await account.settle();
}

describe('triage sweep', () => {
  it('starts one, tells how far it is, and in the end what became of it', async () => {
    const deployed = await deploy();

    const none = await deployed.triage(['sweep', 'status']);
    // It goes on running as long as it is throttled.
    deployed.account.hub.faults.failCalls('TooManyRequestsException', 429, FOR_EVER);
    const started = await deployed.triage(['sweep', 'start']);
    const second = await deployed.triage(['sweep', 'start']);
    const running = await deployed.triage(['sweep', 'status']);
    deployed.account.hub.faults.clear();
    await ended(deployed);
    const done = await deployed.triage(['sweep', 'status']);
    const inJson = await deployed.triage(['sweep', 'status', '-f', 'json']);

    expect(none).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('No sweep ran in the last 90 days.'),
    });
    expect(started).toMatchObject({ code: 0, stderr: expect.stringContaining('triage sweep status') });
    expect(second).toMatchObject({ code: 1, stderr: expect.stringContaining('one at a time') });
    expect(running).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Sweep of .* UTC: running for/),
    });
    expect(done.stdout).toMatch(
      /: done in .*\n {2}\d+ findings read, \d+ of them with our mark, \d+ sent to triage/,
    );
    expect(JSON.parse(inJson.stdout)).toMatchObject({
      version: 1,
      status: 'SUCCEEDED',
      progress: { done: true },
    });
  }, 300_000);

  it('counts and sends nothing in a dry run, of the findings that a filter names', async () => {
    const deployed = await deploy();

    const { code } = await deployed.triage(['sweep', 'start', '--dry-run', '--product', 'GuardDuty']);
    await ended(deployed);
    const { stdout } = await deployed.triage(['sweep', 'status']);

    expect(code).toBe(0);
    expect(stdout).toContain('5 findings read, 0 of them with our mark, 1 would be sent');
    expect(deployed.account.hub.calls().filter(({ operation }) => operation !== 'GetFindings')).toEqual([]);
  }, 120_000);

  it('stops one, and resumes it at its last checkpoint', async () => {
    const deployed = await deploy();
    const sweepOf = [...deployed.account.functions.values()].find(({ name }) => name.includes('Sweep'));

    // As its schedule does: a command may take longer than the sweep.
    deployed.account.fire();
    await until(() => readsOf(deployed) >= 2, 'two pages are read');
    deployed.account.hub.faults.failCalls('TooManyRequestsException', 429, FOR_EVER);
    await until(() => (sweepOf?.invocations().length ?? 0) >= 1, 'a stretch has ended');
    const stopped = await deployed.triage(['sweep', 'stop']);
    await ended(deployed);
    const status = await deployed.triage(['sweep', 'status']);
    deployed.account.hub.faults.clear();
    const resumed = await deployed.triage(['sweep', 'resume']);
    await ended(deployed);

    expect(stopped).toMatchObject({ code: 0 });
    expect(status).toMatchObject({ code: 1, stdout: expect.stringContaining('stopped after') });
    expect(resumed).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/Going on after \d+ findings/),
    });
    expect(deployed.account.executions().at(-1)).toMatchObject({ output: { done: true } });
  }, 300_000);

  it('speaks of the one that swept where its schedule has since started one that found it running', async () => {
    const deployed = await deploy();
    const { account } = deployed;

    account.fire();
    await until(() => readsOf(deployed) >= 2, 'two pages are read');
    account.hub.faults.failCalls('TooManyRequestsException', 429, FOR_EVER);
    account.fire();
    await until(() => account.executions()[1]?.status === 'SUCCEEDED', 'the second leaves the field');
    const running = await deployed.triage(['sweep', 'status']);
    const stopped = await deployed.triage(['sweep', 'stop']);
    await ended(deployed);
    const status = await deployed.triage(['sweep', 'status']);
    account.hub.faults.clear();
    const resumed = await deployed.triage(['sweep', 'resume']);
    await ended(deployed);
    const done = await deployed.triage(['sweep', 'status']);

    expect(account.executions()[1]?.output).not.toHaveProperty('done');
    expect(running).toMatchObject({ code: 0, stdout: expect.stringContaining('UTC: running for') });
    expect(stopped.code).toBe(0);
    expect(status).toMatchObject({ code: 1, stdout: expect.stringContaining('stopped after') });
    expect(resumed).toMatchObject({ code: 0, stderr: expect.stringContaining('Going on after') });
    expect(done).toMatchObject({ code: 0, stdout: expect.stringContaining('findings read') });
  }, 300_000);

  it('has nothing to stop, and nothing to resume, where none runs or ran', async () => {
    const deployed = await deploy();

    const stopped = await deployed.triage(['sweep', 'stop']);
    const resumed = await deployed.triage(['sweep', 'resume']);

    expect(stopped).toMatchObject({ code: 2, stderr: expect.stringContaining('No sweep is running.') });
    expect(resumed).toMatchObject({ code: 2, stderr: expect.stringContaining('No sweep ran') });
  }, 120_000);

  it('says what to grant where it may not', async () => {
    const deployed = await deploy();

    const { code, stderr } = await deployed.triage(['sweep', 'status'], deployed.role('RedriveRole'));

    expect(code).toBe(1);
    expect(stderr).toContain('cloudformation:DescribeStacks');
  }, 180_000);

  it.each([
    [['sweep', 'start', '--filters', 'nowhere.json'], 'nowhere.json: there is no such file'],
    [['sweep', 'start', '--severity', 'HUGE'], 'HUGE'],
    [['sweep', 'status', '--stack', 'Elsewhere'], 'There is no stack Elsewhere'],
  ])(
    'refuses %j',
    async (args, why) => {
      const deployed = await deploy();

      const { code, stderr } = await deployed.triage(args);

      expect(code).toBe(2);
      expect(stderr).toContain(why);
    },
    60_000,
  );
});

import { beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/findings/finding.ts';
import { UPDATABLE_FIELDS } from '../../lib/findings/update.ts';
import type { Execution } from '../../lib/local/step-functions/state-machines.ts';
import {
  type DeployedAccount,
  deployForTest,
  emitAll,
  startDeployedAccount,
  synthesizeProduct,
} from '../cli/deployed-account.ts';
import { writeRules } from '../infrastructure/fixture-rules.ts';
import { finding } from '../local/security-hub/account.ts';
import { until } from './deployed.ts';

const RULE = { owner: '@acme/secops', mode: 'enforce', priority: 100, description: 'A rule of this test.' };
const onProduct = (value: string) => ({ all: [{ fact: 'ProductName', operator: 'equal', value }] });
const NOTIFY = {
  ...RULE,
  name: 'notify-scanner',
  conditions: onProduct('Scanner'),
  event: { type: 'update', params: { Workflow: { Status: 'NOTIFIED' } } },
};
const LOWER = {
  ...RULE,
  name: 'lower-probe',
  conditions: onProduct('Probe'),
  event: { type: 'update', params: { Severity: { Label: 'LOW' } } },
};
const SUPPRESS = {
  ...RULE,
  name: 'suppress-old',
  expires: '2027-01-31',
  reasonCode: 'accepted-risk',
  reason: 'Known, and going away.',
  allowCritical: true,
  conditions: onProduct('Old'),
  event: { type: 'update', params: { Workflow: { Status: 'SUPPRESSED' } } },
};
const PRODUCTS = ['Scanner', 'Probe', 'Nobody writes rules for it'];
/** Few, for of many a sweep would leave some to the next. */
const productOf = (n: number) => (n % 24 === 2 ? 'Old' : (PRODUCTS[n % PRODUCTS.length] ?? ''));
const FINDINGS: readonly Finding[] = Array.from({ length: 240 }, (_, n) =>
  finding(`finding-${n}`, {
    ProductName: productOf(n),
    CreatedAt: new Date(Date.parse('2026-03-01T00:00:00Z') + n * 60_000).toISOString(),
    // What people have done: it stays.
    ...(n % 10 === 0 && { Workflow: { Status: 'SUPPRESSED' } }),
  }),
);

let earlier: string;
let later: string;
let empty: string;

beforeAll(() => {
  earlier = synthesizeProduct(writeRules({}, [NOTIFY, LOWER, SUPPRESS]));
  // One rule is gone, one has lapsed.
  later = synthesizeProduct(
    writeRules({ withdrawing: ['Severity'] }, [NOTIFY, { ...SUPPRESS, expires: '2026-06-30' }]),
  );
  empty = synthesizeProduct(writeRules({}, [NOTIFY]));
}, 300_000);

/** Findings as events made them under the earlier rules. */
async function decidedByEvents(): Promise<readonly Finding[]> {
  const deployed = await startDeployedAccount(earlier);
  deployed.account.hub.seed(FINDINGS);
  emitAll(deployed, FINDINGS);
  await deployed.account.settle();
  const findings = [...deployed.account.hub.findings()];
  await deployed.close();
  return findings;
}

/** The same findings under the given rules, each of them with an event. */
async function decidedAnew(assemblyDir: string, findings: readonly Finding[]): Promise<readonly unknown[]> {
  const deployed = await deployForTest(assemblyDir);
  deployed.account.hub.seed(findings);
  emitAll(deployed, findings);
  await deployed.account.settle();
  return statesOf(deployed);
}

function statesOf({ account }: DeployedAccount): readonly unknown[] {
  return account.hub.findings().map(({ Id, ...stored }: Finding) => {
    const fields = UPDATABLE_FIELDS.map((field) => [field, stored[field]]);
    return { Id, ...Object.fromEntries(fields) };
  });
}

/** Starts one as its schedule does, and waits for its end. */
async function swept({ account }: DeployedAccount): Promise<Execution> {
  expect(account.fire()).toBe(1);
  const execution = account.executions().at(-1);
  await until(() => execution?.status !== 'RUNNING', 'the sweep ends');
  await account.settle();
  return execution as Execution;
}

const updatesOf = ({ account }: DeployedAccount) =>
  account.hub.calls().filter(({ operation }) => operation === 'BatchUpdateFindings').length;

describe('a sweep of findings that no event speaks of', () => {
  it('brings them to where events would have brought them', async () => {
    const deployed = await deployForTest(earlier);
    const expected = await decidedAnew(earlier, FINDINGS);
    deployed.account.hub.seed(FINDINGS);

    const execution = await swept(deployed);

    expect(execution.status).toBe('SUCCEEDED');
    // A second pass looks whether it took effect; on a busy machine even a third.
    expect(execution.output).toMatchObject({ done: true, filters: { RecordState: expect.anything() } });
    expect(execution.output).not.toMatchObject({ pass: 1 });
    expect(statesOf(deployed)).toEqual(expected);
  }, 120_000);

  it('withdraws what lapsed and removed rules wrote, and touches nothing of a person', async () => {
    const before = await decidedByEvents();
    const deployed = await deployForTest(later);
    const expected = await decidedAnew(later, before);
    deployed.account.hub.seed(before);

    await swept(deployed);

    const byId = new Map(deployed.account.hub.findings().map((one) => [one.Id, one]));
    expect(statesOf(deployed)).toEqual(expected);
    // finding-1 was lowered by the rule that is gone, finding-2 suppressed by the lapsed one, finding-10 by a person.
    expect(byId.get('finding-1')).toMatchObject({ Severity: FINDINGS[1]?.Severity });
    expect(byId.get('finding-2')).toMatchObject({ Workflow: { Status: 'NEW' } });
    expect(byId.get('finding-10')).toMatchObject({ Workflow: { Status: 'SUPPRESSED' } });
  }, 120_000);

  it('changes nothing when it comes again, and calls nobody', async () => {
    const deployed = await deployForTest(earlier);
    deployed.account.hub.seed(FINDINGS);
    await swept(deployed);
    const [states, updates] = [statesOf(deployed), updatesOf(deployed)];

    const again = await swept(deployed);

    expect(again.output).toMatchObject({ done: true, pass: 1, read: 240, sent: 0 });
    expect(statesOf(deployed)).toEqual(states);
    expect(updatesOf(deployed)).toBe(updates);
  }, 120_000);

  it('goes on where its function was killed, and ends the same', async () => {
    const deployed = await deployForTest(earlier);
    const expected = await decidedAnew(earlier, FINDINGS);
    deployed.account.hub.seed(FINDINGS);
    const sweep = [...deployed.account.functions.values()].find(({ name }) => name.includes('Sweep'));
    const readsOf = () =>
      deployed.account.hub.calls().filter(({ operation }) => operation === 'GetFindings').length;

    deployed.account.fire();
    await until(() => readsOf() >= 2, 'the sweep is under way');
    sweep?.kill();
    const execution = deployed.account.executions().at(-1);
    await until(() => execution?.status !== 'RUNNING', 'the sweep ends');
    await deployed.account.settle();

    expect(sweep?.invocations().some(({ result }) => !result.ok)).toBe(true);
    expect(execution?.status).toBe('SUCCEEDED');
    expect(statesOf(deployed)).toEqual(expected);
  }, 120_000);

  it('leaves the field to one that runs, also when two others start at once', async () => {
    const deployed = await deployForTest(empty);
    deployed.account.hub.seed(FINDINGS);
    const isReading = () => deployed.account.hub.calls().some(({ operation }) => operation === 'GetFindings');

    deployed.account.fire();
    await until(isReading, 'the first is under way');
    deployed.account.fire();
    deployed.account.fire();
    const executions = deployed.account.executions();
    await until(() => executions.every(({ status }) => status !== 'RUNNING'), 'all end');

    const outputs = executions.map(({ output }) => output as { readonly done?: true });
    expect(outputs.map(({ done = false }) => done)).toEqual([true, false, false]);
  }, 120_000);

  it('reads no more than one page a second', async () => {
    const deployed = await deployForTest(empty);
    deployed.account.hub.seed(FINDINGS);

    await swept(deployed);

    const times = deployed.account.hub
      .calls()
      .filter(({ operation }) => operation === 'GetFindings')
      .map(({ at }) => Date.parse(at));
    expect(times.length).toBeGreaterThanOrEqual(3);
    const apart = times.slice(1).map((time, n) => time - (times[n] ?? 0));
    // Calls go out a second apart and take their time to arrive.
    expect(Math.min(...apart)).toBeGreaterThanOrEqual(900);
  }, 120_000);
});

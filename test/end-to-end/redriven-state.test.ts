import { SQSClient, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/findings/finding.ts';
import { UPDATABLE_FIELDS } from '../../lib/findings/update.ts';
import {
  type DeployedAccount,
  deployForTest,
  emitAll,
  startDeployedAccount,
  synthesizeProduct,
} from '../cli/deployed-account.ts';
import { writeRules } from '../infrastructure/fixture-rules.ts';
import { finding } from '../local/security-hub/account.ts';

const onProduct = (value: string) => ({ all: [{ fact: 'ProductName', operator: 'equal', value }] });
const RULE = { owner: '@acme/secops', mode: 'enforce', priority: 100, description: 'A rule of this test.' };
const RULES = [
  {
    ...RULE,
    name: 'notify-scanner',
    conditions: onProduct('Scanner'),
    event: { type: 'update', params: { Workflow: { Status: 'NOTIFIED' }, Note: { Text: 'Told the team.' } } },
  },
  {
    ...RULE,
    name: 'lower-probe',
    conditions: onProduct('Probe'),
    event: { type: 'update', params: { Severity: { Label: 'LOW' } } },
  },
];
const PRODUCTS = ['Scanner', 'Probe', 'Nobody writes rules for it'];
const FINDINGS = Array.from({ length: 60 }, (_, n) =>
  finding(`finding-${n}`, { ProductName: PRODUCTS[n % 3] ?? '' }),
);
const part = (from: number, to: number) => FINDINGS.slice(from, to);

let assemblyDir: string;
let expected: readonly unknown[];

beforeAll(async () => {
  assemblyDir = synthesizeProduct(writeRules({}, RULES));
  const calm = await startDeployedAccount(assemblyDir);
  calm.account.hub.seed(FINDINGS);
  emitAll(calm, FINDINGS);
  await calm.account.settle();
  expected = statesOf(calm);
  await calm.close();
}, 300_000);

/** The nine fields of every finding, without the time the service adds to a note. */
function statesOf({ account }: DeployedAccount): readonly unknown[] {
  return account.hub.findings().map((stored: Finding) => {
    const { Note, ...fields } = Object.fromEntries(UPDATABLE_FIELDS.map((field) => [field, stored[field]]));
    const { UpdatedAt: _, ...note } = (Note ?? {}) as Record<string, unknown>;
    return { Id: stored.Id, ...fields, Note: note };
  });
}

/** Refusals by code, an outage that outlasts every try, and events that EventBridge cannot deliver. */
async function withFaults(): Promise<DeployedAccount> {
  const deployed = await deployForTest(assemblyDir);
  const { hub, queues, settle, principals } = deployed.account;
  hub.seed(FINDINGS);
  const codes = ['InvalidInput', 'FindingSizeExceeded', 'FindingNotFound', 'InternalFailure'];
  for (const [n, one] of part(0, 20).entries()) hub.faults.fail(one, codes[n % codes.length] ?? '', 9);
  emitAll(deployed, part(0, 20));
  await settle();

  hub.faults.failCalls('AccessDeniedException', 403, { times: Number.POSITIVE_INFINITY });
  emitAll(deployed, part(20, 40));
  await settle();

  const ingest = deployed.queue('Ingest');
  const asOperator = principals.credentialsOf(principals.operatorArn).accessKeyId;
  const setPolicy = (Policy: string) =>
    queues.call('SetQueueAttributes', asOperator, { QueueUrl: ingest.url, Attributes: { Policy } });
  const { Attributes } = queues.call('GetQueueAttributes', asOperator, {
    QueueUrl: ingest.url,
    AttributeNames: ['Policy'],
  }) as { readonly Attributes: { readonly Policy: string } };
  setPolicy('');
  emitAll(deployed, part(40, 60));
  await settle();
  setPolicy(Attributes.Policy);
  hub.faults.clear();
  return deployed;
}

const lengthOf = ({ account, queue }: DeployedAccount, name: 'DeadLetter' | 'Undelivered' | 'Ingest') =>
  account.queues.peek(queue(name).name).length;

describe('dead letters and undelivered events, once the faults are over', () => {
  it('lead to the state of a run without faults, where the command redrives them', async () => {
    const deployed = await withFaults();
    const before = [lengthOf(deployed, 'DeadLetter'), lengthOf(deployed, 'Undelivered')];

    const { code, stderr } = await deployed.deadLetters([
      'redrive',
      '--apply',
      '--no-redecide',
      '--rate',
      '500',
    ]);
    await deployed.account.settle();

    // Of three findings one is nobody's: its event never comes to a queue, for the pattern keeps it out.
    expect(before).toEqual([27, 13]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(statesOf(deployed)).toEqual(expected);
    expect([lengthOf(deployed, 'DeadLetter'), lengthOf(deployed, 'Undelivered')]).toEqual([0, 0]);
  }, 240_000);

  it('lead there as well where SQS moves the dead letters by itself, as the redrive role', async () => {
    const deployed = await withFaults();
    const { region, principals, endpoints } = deployed.account;
    const role = new SQSClient({
      region,
      endpoint: endpoints.sqs,
      credentials: fromTemporaryCredentials({
        masterCredentials: { ...principals.credentialsOf(principals.operatorArn) },
        clientConfig: { region, endpoint: endpoints.sts },
        params: { RoleArn: deployed.role('RedriveRole'), RoleSessionName: 'operator' },
      }),
    });
    const move = (source: 'DeadLetter' | 'Undelivered') =>
      role.send(
        new StartMessageMoveTaskCommand({
          SourceArn: deployed.queue(source).arn,
          DestinationArn: deployed.queue('Ingest').arn,
        }),
      );

    await move('DeadLetter');
    const refused = await move('Undelivered').catch((error: Error) => error.name);
    const { code } = await deployed.deadLetters([
      'redrive',
      '--apply',
      '--no-redecide',
      '--only',
      'undelivered',
    ]);
    await deployed.account.settle();

    // The role may not, and SQS could not: no queue names this one in its redrive policy.
    expect(refused).toMatch(/AccessDenied/);
    expect(code).toBe(0);
    expect(statesOf(deployed)).toEqual(expected);
    expect([lengthOf(deployed, 'DeadLetter'), lengthOf(deployed, 'Undelivered')]).toEqual([0, 0]);
  }, 240_000);
});

import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { devNull } from 'node:os';
import { promisify } from 'node:util';
import {
  GetEventSourceMappingCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { SendMessageCommand, SQSClient, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import { App } from 'aws-cdk-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TriageStack } from '../../lib/infrastructure/triage-stack.ts';
import { type LocalAccount, startLocalAccount } from '../../lib/local/account.ts';
import { writeRules } from '../infrastructure/fixture-rules.ts';
import { RUNBOOK_URL } from '../infrastructure/runbook-url.ts';
import { temporaryDir } from '../infrastructure/temporary-dir.ts';

let account: LocalAccount;

beforeAll(async () => {
  const { context } = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8'));
  const assemblyDir = temporaryDir();
  const app = new App({ outdir: assemblyDir, context, analyticsReporting: false });
  new TriageStack(app, 'SecurityHubTriage', { rulesDir: writeRules(), runbookUrl: RUNBOOK_URL });
  app.synth();
  account = await startLocalAccount({ assemblyDir, timeScale: 0.001 });
});

afterAll(async () => {
  await account?.close();
});

function sqsAs(arn: string): SQSClient {
  const { endpoints, region, principals } = account;
  return new SQSClient({
    endpoint: endpoints.sqs,
    region,
    credentials: { ...principals.credentialsOf(arn) },
  });
}

function lambdaAs(arn: string): LambdaClient {
  const { endpoints, region, principals } = account;
  const credentials = { ...principals.credentialsOf(arn) };
  return new LambdaClient({ endpoint: endpoints.lambda, region, credentials, maxAttempts: 1 });
}

function queueOf(logicalIdPart: string): { readonly url: string; readonly arn: string } {
  const [queue, ...others] = account.resources.queues.filter(({ logicalId }) =>
    logicalId.includes(logicalIdPart),
  );
  expect(others).toEqual([]);
  return queue ?? { url: '', arn: '' };
}

function roleArn(logicalIdPart: string): string {
  return account.resources.roles.find(({ logicalId }) => logicalId.includes(logicalIdPart))?.arn ?? '';
}

function ingestQueue(): { readonly url: string; readonly arn: string } {
  const arn = account.resources.eventSourceMappings[0]?.queueArn ?? '';
  return { arn, url: account.resources.queues.find((queue) => queue.arn === arn)?.url ?? '' };
}

function eventOf(SecurityControlId: string): object {
  const ProductArn = 'arn:aws:securityhub:eu-west-1::product/aws/securityhub';
  return {
    source: 'aws.securityhub',
    'detail-type': 'Security Hub Findings - Imported',
    resources: [],
    detail: { findings: [{ Id: SecurityControlId, ProductArn, Compliance: { SecurityControlId } }] },
  };
}

describe('the product on the local account', () => {
  it('is acted out whole but for notifications, its log and its dashboard', () => {
    const types = new Set(account.resources.ignored.map((resource) => resource.type));

    expect([...types].filter((type) => !/^AWS::(CloudWatch::Dashboard$|Logs::|SNS::)/.test(type))).toEqual(
      [],
    );
  });

  it('takes an event from its rule and nothing that anyone else puts into its queue', async () => {
    const forging = sqsAs(account.principals.operatorArn).send(
      new SendMessageCommand({ QueueUrl: ingestQueue().url, MessageBody: '{}' }),
    );
    await expect(forging).rejects.toThrow(
      expect.objectContaining({ name: expect.stringMatching(/AccessDenied/) }),
    );

    // No rule asks for the second.
    for (const SecurityControlId of ['S3.8', 'S3.9']) account.emit(eventOf(SecurityControlId));
    await account.settle(30_000);

    expect(account.undelivered()).toEqual([]);
    // Alarms that calm down say so on the same bus.
    const ofFindings = account
      .filtered()
      .filter((event) => JSON.stringify(event).includes('aws.securityhub'));
    expect(ofFindings).toHaveLength(1);
    const invocations = [...account.functions.values()].flatMap((lambda) => lambda.invocations());
    expect(invocations.map((invocation) => invocation.result)).toEqual([
      { ok: true, payload: '{"batchItemFailures":[]}' },
    ]);
  });

  it('is paused and resumed by the commands of its outputs, by whom its policies let', async () => {
    const [mapping] = account.resources.eventSourceMappings;
    const [source] = account.eventSources.values();
    const UUID = mapping?.uuid;
    const change = (arn: string, Enabled: boolean) =>
      lambdaAs(arn).send(new UpdateEventSourceMappingCommand({ UUID, Enabled }));
    const { operatorArn } = account.principals;

    const paused = await change(operatorArn, false);

    expect(paused).toMatchObject({ UUID, State: 'Disabling', BatchSize: 1000 });
    expect(source?.enabled()).toBe(false);
    const state = await lambdaAs(operatorArn).send(new GetEventSourceMappingCommand({ UUID }));
    expect(state).toMatchObject({ State: 'Disabled', EventSourceArn: ingestQueue().arn });
    expect(state.LastModified).toBeInstanceOf(Date);

    await change(roleArn('BreakerRole'), true);
    expect(source?.enabled()).toBe(true);
    await expect(change(roleArn('FunctionRole'), false)).rejects.toThrow(
      expect.objectContaining({ name: 'AccessDeniedException' }),
    );
    expect(source?.enabled()).toBe(true);
  });

  it('answers what Lambda would: other changes, other mappings, the list', async () => {
    const lambda = lambdaAs(account.principals.operatorArn);
    const UUID = account.resources.eventSourceMappings[0]?.uuid;
    const other = '00000000-0000-4000-8000-000000000000';

    await expect(lambda.send(new UpdateEventSourceMappingCommand({ UUID, BatchSize: 5 }))).rejects.toThrow(
      /only Enabled can be changed, to true or false, not BatchSize/,
    );
    await expect(lambda.send(new GetEventSourceMappingCommand({ UUID: other }))).rejects.toThrow(
      expect.objectContaining({ name: 'ResourceNotFoundException' }),
    );
    const { EventSourceMappings } = await lambda.send(new ListEventSourceMappingsCommand({}));
    expect(EventSourceMappings?.map((one) => one.UUID)).toEqual([UUID]);
  });

  it.runIf(spawnSync('aws', ['--version']).status === 0)('obeys the AWS CLI, word for word', async () => {
    const output = Object.entries(account.resources.stacks[0]?.outputs ?? {}).find(([name]) =>
      name.includes('PauseCommand'),
    );
    const { accessKeyId, secretAccessKey } = account.principals.credentialsOf(account.principals.operatorArn);
    const env = {
      PATH: process.env.PATH,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_DEFAULT_REGION: account.region,
      AWS_CONFIG_FILE: devNull,
      AWS_SHARED_CREDENTIALS_FILE: devNull,
      AWS_PAGER: '',
    };
    const command = `${output?.[1]} --endpoint-url ${account.endpoints.lambda}`;

    const { stdout } = await promisify(execFile)('sh', ['-c', command], { env });

    expect(JSON.parse(stdout)).toMatchObject({ State: 'Disabling' });
    expect([...account.eventSources.values()].map((source) => source.enabled())).toEqual([false]);
    for (const source of account.eventSources.values()) source.setEnabled(true);
  });

  it('lets its redrive role, and not its function, bring dead letters back', async () => {
    const move = new StartMessageMoveTaskCommand({
      SourceArn: queueOf('DeadLetter').arn,
      DestinationArn: ingestQueue().arn,
    });

    const asFunction = sqsAs(roleArn('FunctionRole')).send(move);
    await expect(asFunction).rejects.toThrow(
      expect.objectContaining({ name: expect.stringMatching(/AccessDenied/) }),
    );
    const asRedrive = await sqsAs(roleArn('RedriveRole')).send(move);

    expect(asRedrive.TaskHandle).toEqual(expect.any(String));
  });
});

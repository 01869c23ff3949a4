import { readFileSync } from 'node:fs';
import { SendMessageCommand, SQSClient, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import { App } from 'aws-cdk-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TriageStack } from '../../lib/infrastructure/triage-stack.ts';
import { type LocalAccount, startLocalAccount } from '../../lib/local/account.ts';
import { writeRules } from '../infrastructure/fixture-rules.ts';
import { temporaryDir } from '../infrastructure/temporary-dir.ts';

let account: LocalAccount;

beforeAll(async () => {
  const { context } = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8'));
  const assemblyDir = temporaryDir();
  const app = new App({ outdir: assemblyDir, context, analyticsReporting: false });
  new TriageStack(app, 'SecurityHubTriage', { rulesDir: writeRules() });
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

describe('the product on the local account', () => {
  it('is acted out whole but for its alarms, their notification and its log', () => {
    const types = new Set(account.resources.ignored.map((resource) => resource.type));

    expect(
      [...types].filter((type) => !/^AWS::(CloudWatch|Logs|SNS|SecurityHub|StepFunctions)::/.test(type)),
    ).toEqual([]);
  });

  it('takes an event from its rule and nothing that anyone else puts into its queue', async () => {
    const forging = sqsAs(account.principals.operatorArn).send(
      new SendMessageCommand({ QueueUrl: ingestQueue().url, MessageBody: '{}' }),
    );
    await expect(forging).rejects.toThrow(
      expect.objectContaining({ name: expect.stringMatching(/AccessDenied/) }),
    );

    account.emit({
      source: 'aws.securityhub',
      'detail-type': 'Security Hub Findings - Imported',
      resources: [],
      detail: { findings: [] },
    });
    await account.settle(30_000);

    expect(account.undelivered()).toEqual([]);
    const invocations = [...account.functions.values()].flatMap((lambda) => lambda.invocations());
    expect(invocations.map((invocation) => invocation.result)).toEqual([
      { ok: true, payload: '{"batchItemFailures":[]}' },
    ]);
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

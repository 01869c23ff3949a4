import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { afterEach, describe, expect, it } from 'vitest';
import { type LocalAccount, startLocalAccount } from '../../lib/local/account.ts';
import type { Intercept } from '../../lib/local/interception.ts';
import { synthesizeTinyApp, type TinyAppOptions } from './tiny-app.ts';

/**
 * Suppresses each finding over the wire and sends those that Security Hub did not take to the dead-letter queue,
 * by plain fetch: nothing bundles this.
 */
const HANDLER = `
const call = async (service, url, method, headers, body) => {
  const scope = '20260101/' + process.env.AWS_REGION + '/' + service + '/aws4_request';
  const authorization = 'AWS4-HMAC-SHA256 Credential=' + process.env.AWS_ACCESS_KEY_ID + '/' + scope
    + ', SignedHeaders=host, Signature=' + '0'.repeat(64);
  const reply = await fetch(url, { method, headers: { ...headers, authorization }, body: JSON.stringify(body) });
  return { status: reply.status, body: await reply.json() };
};
const suppress = (finding) => call('securityhub', process.env.AWS_ENDPOINT_URL_SECURITYHUB + '/findings/batchupdate',
  'PATCH', { 'content-type': 'application/json' },
  { FindingIdentifiers: [{ Id: finding.Id, ProductArn: finding.ProductArn }], Workflow: { Status: 'SUPPRESSED' } });
const deadLetter = (record) => call('sqs', process.env.AWS_ENDPOINT_URL_SQS, 'POST',
  { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.SendMessage' },
  { QueueUrl: process.env.DEAD_LETTER_QUEUE_URL, MessageBody: record.body });
export const handler = async ({ Records }) => {
  const batchItemFailures = [];
  for (const record of Records) {
    for (const finding of JSON.parse(record.body).detail.findings) {
      if (finding.Workflow?.Status === 'SUPPRESSED') continue;
      const update = await suppress(finding);
      console.log(JSON.stringify({ id: finding.Id, status: update.status, error: update.body.Message }));
      if (update.status !== 200) {
        batchItemFailures.push({ itemIdentifier: record.messageId });
      } else if (update.body.UnprocessedFindings.length > 0) {
        const letter = await deadLetter(record);
        if (letter.status !== 200) batchItemFailures.push({ itemIdentifier: record.messageId });
      }
    }
  }
  return { batchItemFailures };
};
`;

const PRODUCT_ARN = 'arn:aws:securityhub:eu-west-1::product/aws/guardduty';
const HUB_ARN = 'arn:aws:securityhub:eu-west-1:111122223333:hub/default';

const endings: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) {
    await end();
  }
});

async function start(
  changes: Partial<TinyAppOptions> = {},
  intercept: Intercept = () => undefined,
): Promise<LocalAccount> {
  const app = synthesizeTinyApp({
    handler: HANDLER,
    ...changes,
    extend: (stack, parts) => {
      parts.lambda.addToRolePolicy(
        new PolicyStatement({ actions: ['securityhub:BatchUpdateFindings'], resources: [HUB_ARN] }),
      );
      changes.extend?.(stack, parts);
    },
  });
  endings.push(app.remove);
  const account = await startLocalAccount({ assemblyDir: app.assemblyDir, timeScale: 0.001, intercept });
  endings.push(account.close);
  return account;
}

function finding(id: string, changes: Readonly<Record<string, unknown>> = {}) {
  return { Id: id, ProductArn: PRODUCT_ARN, RecordState: 'ACTIVE', Workflow: { Status: 'NEW' }, ...changes };
}

function eventOf(...findings: readonly unknown[]) {
  return {
    version: '0',
    id: 'event',
    'detail-type': 'Security Hub Findings - Imported',
    source: 'aws.securityhub',
    account: '111122223333',
    time: '2026-06-01T00:00:00Z',
    region: 'eu-west-1',
    resources: [],
    detail: { findings },
  };
}

function queueName(account: LocalAccount, logicalIdStart: string): string {
  return account.resources.queues.find((queue) => queue.logicalId.startsWith(logicalIdStart))?.name ?? '';
}

function workflows(account: LocalAccount): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    account.hub.findings().map(({ Id, Workflow }) => [Id, (Workflow as { Status?: string })?.Status]),
  );
}

describe('startLocalAccount', () => {
  it('carries an event from the bus to the function and its update back to Security Hub', async () => {
    const account = await start();
    account.hub.seed([finding('a'), finding('b')]);

    account.emit(eventOf(finding('a')));
    account.emit(eventOf(finding('b', { RecordState: 'ARCHIVED' })));
    await account.settle();

    expect(workflows(account)).toEqual({ a: 'SUPPRESSED', b: 'NEW' });
    // The function's own update came back as an event, was taken and asked for nothing more.
    expect(account.hub.calls()).toHaveLength(1);
    expect(account.filtered()).toEqual([eventOf(finding('b', { RecordState: 'ARCHIVED' }))]);
    expect(account.undelivered()).toEqual([]);
    expect(account.queues.peek(queueName(account, 'Ingest'))).toEqual([]);
    expect([...account.functions.values()][0]?.logs().map((line) => JSON.parse(line.text))).toEqual([
      { id: 'a', status: 200 },
    ]);
  });

  it('lets the function put what was not taken into the dead-letter queue', async () => {
    const account = await start();

    account.emit(eventOf(finding('unknown to the hub')));
    await account.settle();

    const letters = account.queues.peek(queueName(account, 'DeadLetters'));
    expect(letters.map((letter) => JSON.parse(letter.body).detail.findings[0].Id)).toEqual([
      'unknown to the hub',
    ]);
  });

  it('refuses the function what its role does not allow, until the message is dead', async () => {
    const account = await start({
      extend: (_stack, { lambda }) =>
        lambda.addToRolePolicy(
          new PolicyStatement({
            effect: Effect.DENY,
            actions: ['securityhub:BatchUpdateFindings'],
            resources: ['*'],
            conditions: { StringEquals: { 'securityhub:ASFFSyntaxPath/Workflow.Status': 'SUPPRESSED' } },
          }),
        ),
    });
    account.hub.seed([finding('a')]);

    account.emit(eventOf(finding('a')));
    await account.settle();

    expect(workflows(account)).toEqual({ a: 'NEW' });
    expect(account.hub.calls().map((call) => call.status)).toEqual([403, 403, 403]);
    expect(account.queues.peek(queueName(account, 'DeadLetters'))).toHaveLength(1);
  });

  it('puts an event that the queue policy refuses into the dead-letter queue of the target', async () => {
    const account = await start({
      extend: (_stack, { ingest }) =>
        ingest.addToResourcePolicy(
          new PolicyStatement({
            effect: Effect.DENY,
            principals: [new ServicePrincipal('events.amazonaws.com')],
            actions: ['sqs:SendMessage'],
            resources: [ingest.queueArn],
          }),
        ),
    });

    account.emit(eventOf(finding('a')));

    expect(account.undelivered()).toEqual([
      expect.objectContaining({ errorCode: 'NO_PERMISSIONS', deadLettered: true }),
    ]);
    const [letter] = account.queues.peek(queueName(account, 'TargetDeadLetters'));
    expect(JSON.parse(letter?.body ?? '')).toEqual(eventOf(finding('a')));
    expect(letter?.attributes.ERROR_CODE).toMatchObject({ StringValue: 'NO_PERMISSIONS' });
  });

  it('loses nothing when the process is killed in mid-batch', async () => {
    // Killed by the fourth call itself: a test that looked on from outside would often come after the whole batch.
    let updates = 0;
    const killAtFourth: Intercept = ({ operation }) => {
      updates += operation === 'BatchUpdateFindings' ? 1 : 0;
      if (operation !== 'BatchUpdateFindings' || updates !== 4) return undefined;
      lambda?.kill();
      return 'before';
    };
    const account = await start({}, killAtFourth);
    // Each can be tried twice within the burst of 30 calls: the quota refills in real time, while receipts, of which
    // there are three, pass in the account's shortened time.
    const findings = Array.from({ length: 14 }, (_, index) => finding(`finding ${index}`));
    account.hub.seed(findings);
    const lambda = [...account.functions.values()][0];

    for (const each of findings) {
      account.emit(eventOf(each));
    }
    await account.settle();

    expect(new Set(Object.values(workflows(account)))).toEqual(new Set(['SUPPRESSED']));
    expect(account.queues.peek(queueName(account, 'DeadLetter'))).toEqual([]);
    expect(lambda?.invocations().filter((invocation) => !invocation.result.ok)).not.toEqual([]);
  });

  it('holds events back while the event source is paused', async () => {
    const account = await start();
    account.hub.seed([finding('a')]);
    const source = [...account.eventSources.values()][0];
    source?.setEnabled(false);

    account.emit(eventOf(finding('a')));
    await account.settle();
    const paused = account.hub.calls().length;
    source?.setEnabled(true);
    await account.settle();

    expect(paused).toBe(0);
    expect(workflows(account)).toEqual({ a: 'SUPPRESSED' });
  });

  it('answers an operator at its endpoints, and nobody without a key of the account', async () => {
    const account = await start();
    const QueueUrl = account.queues.queueUrl(queueName(account, 'Ingest'));
    const ask = (credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }) =>
      new SQSClient({ endpoint: account.endpoints.sqs, region: account.region, credentials }).send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['VisibilityTimeout'] }),
      );

    const reply = await ask(account.principals.credentialsOf(account.principals.operatorArn));

    expect(reply.Attributes).toEqual({ VisibilityTimeout: '60' });
    await expect(ask({ accessKeyId: 'AKIASTRANGER', secretAccessKey: 'x' })).rejects.toThrow(/token/);
  });

  it('refuses, like Lambda, a visibility timeout below the timeout of the function', async () => {
    const starting = start({
      extend: (_stack, { lambda }) => {
        const resource = lambda.node.defaultChild;
        expect(resource).toBeInstanceOf(CfnFunction);
        (resource as CfnFunction).timeout = 61;
      },
    });

    await expect(starting).rejects.toThrow(
      /visibility timeout: 60 seconds is less than function timeout: 61/,
    );
  });
});

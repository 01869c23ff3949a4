import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BundledFunction, startBundledFunction } from './bundled-function.ts';
import { finding, identifier, importedEvent, RULESET } from './fixtures.ts';
import { type Answer, type ReceivedCall, type ScriptedAws, startScriptedAws } from './scripted-aws.ts';

const CANARY = 'c4n4ry';
let aws: ScriptedAws;
let triage: BundledFunction;

beforeAll(async () => {
  aws = await startScriptedAws();
  triage = await startBundledFunction(RULESET, {
    AWS_ENDPOINT_URL_SECURITYHUB: aws.endpoint,
    AWS_ENDPOINT_URL_SQS: aws.endpoint,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_LAMBDA_FUNCTION_NAME: 'triage',
    TRIAGE_MODE: 'enforce',
    SUPPRESSIONS_PER_HOUR: 'none',
    DEAD_LETTER_QUEUE_URL: `${aws.endpoint}/111122223333/dead`,
    INGEST_QUEUE_URL: `${aws.endpoint}/111122223333/ingest`,
    POWERTOOLS_LOG_LEVEL: 'DEBUG',
    POWERTOOLS_LOGGER_LOG_EVENT: 'true',
  });
});
afterAll(async () => {
  await triage.close();
  await aws.close();
});
beforeEach(() => {
  aws.calls.length = 0;
});

/** A finding with the canary wherever a finding has free text. */
function talkative(n: number, members: Record<string, unknown> = {}) {
  return finding(n, {
    Title: CANARY,
    Description: CANARY,
    Resources: [{ Type: 'AwsEc2Instance', Id: CANARY, Tags: { [CANARY]: CANARY } }],
    Note: { Text: CANARY, UpdatedBy: CANARY, UpdatedAt: '2026-03-01T10:00:00Z' },
    UserDefinedFields: { [CANARY]: CANARY },
    ...members,
  });
}

/** Recent, so that nothing is read again; with an id of its own, so that it is not taken for a second delivery. */
function event(findings: readonly unknown[], members: Record<string, unknown> = {}): string {
  return importedEvent(findings, { id: randomUUID(), time: new Date().toISOString(), ...members });
}

function batch(bodies: readonly string[], receiveCount = 1): unknown {
  return {
    Records: bodies.map((body, n) => ({
      messageId: `m-${n}`,
      receiptHandle: `r-${n}`,
      body,
      attributes: { ApproximateReceiveCount: String(receiveCount) },
      eventSource: 'aws:sqs',
    })),
  };
}

function confirmAll({ operation, body }: ReceivedCall): Answer {
  switch (operation) {
    case 'PATCH /findings/batchupdate':
      return { json: { ProcessedFindings: body.FindingIdentifiers, UnprocessedFindings: [] } };
    case 'AmazonSQS.SendMessageBatch':
      return { json: { Successful: body.Entries.map(confirmEntry), Failed: [] } };
    case 'AmazonSQS.ChangeMessageVisibilityBatch':
      return { json: { Successful: body.Entries.map(({ Id }: { Id: string }) => ({ Id })), Failed: [] } };
    default:
      return { status: 500 };
  }
}

function confirmEntry({ Id, MessageBody }: { Id: string; MessageBody: string }): object {
  return { Id, MessageId: `m-${Id}`, MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex') };
}

function callsOf(operation: string): ReceivedCall[] {
  return aws.calls.filter((call) => call.operation === operation);
}

/** The log lines since the last call of this function, as objects. */
let seen = 0;
// biome-ignore lint/suspicious/noExplicitAny: log lines are read as they are
function newLines(): any[] {
  const lines = triage.lines().slice(seen);
  seen += lines.length;
  return lines.map((line) => JSON.parse(line));
}

describe('the deployed bundle', () => {
  it('acknowledges what is durable, returns the rest alone, and says how each finding ended', async () => {
    aws.script((call) => {
      const deniedConfidence = call.body.UserDefinedFields?.[CANARY] === 'denied';
      return deniedConfidence ? { status: 403, error: 'AccessDeniedException' } : confirmAll(call);
    });
    newLines();

    const answered = await triage.invoke(
      batch([
        event([finding(1), finding(2)]),
        event([finding(3, { UserDefinedFields: { [CANARY]: 'denied' } })]),
        event([finding(4, { ProductName: 'Inspector' })]),
        `no json ${CANARY}`,
      ]),
    );

    expect(answered).toEqual({ answer: { batchItemFailures: [{ itemIdentifier: 'm-1' }] } });
    const lines = newLines();
    expect(lines.filter(({ message }) => message === 'finding')).toMatchObject([
      { level: 'INFO', Id: 'finding-1', outcome: 'updated', rules: ['notify-guardduty'] },
      { level: 'INFO', Id: 'finding-2', outcome: 'updated' },
      { level: 'WARN', Id: 'finding-3', outcome: 'returned', cause: 'AccessDeniedException' },
      { level: 'DEBUG', Id: 'finding-4', outcome: 'unchanged', fields: [] },
    ]);
    expect(lines.filter(({ message }) => message === 'message')).toMatchObject([
      { messageIds: ['m-3'], outcome: 'deadLettered', cause: 'MalformedEvent' },
    ]);
    expect(lines.filter(({ message }) => message === 'rules')).toMatchObject([
      { counts: [{ rule: 'notify-guardduty', matched: 3, won: 3, observed: 0, expired: 0 }] },
    ]);
  });

  it('measures an invocation in one line', async () => {
    aws.script(confirmAll);
    newLines();

    await triage.invoke(batch([event(Array.from({ length: 250 }, (_, n) => finding(n)))]));

    const metrics = newLines().filter((line) => '_aws' in line);
    expect(metrics).toHaveLength(1);
    expect(metrics[0]).toMatchObject({
      service: 'triage',
      FindingsReceived: 250,
      Matched: 250,
      Updated: 250,
      Unchanged: 0,
      Returned: 0,
      DeadLettered: 0,
      ApiCalls: 3,
      BatchFill: 250 / 3,
      AccessDenied: 0,
    });
    expect(metrics[0]._aws.CloudWatchMetrics[0].Namespace).toBe('securityhub-triage');
    expect(metrics[0].UpdateLatency).toHaveLength(99);
  });

  it('fails a batch in which everything failed for the time being, once its messages are delayed', async () => {
    const findings = [finding(1), finding(2)];
    aws.script((call) => {
      // Messages that come back are read again.
      if (call.operation === 'POST /findings') return { json: { Findings: findings } };
      return call.operation.startsWith('PATCH')
        ? { status: 403, error: 'AccessDeniedException' }
        : confirmAll(call);
    });

    const answered = await triage.invoke(
      batch(
        findings.map((one) => event([one])),
        3,
      ),
    );

    expect(answered).toEqual({ error: 'Findings were left for another attempt: AccessDeniedException' });
    const [delay] = callsOf('AmazonSQS.ChangeMessageVisibilityBatch');
    expect(delay?.body.Entries).toEqual([
      { Id: '0', ReceiptHandle: 'r-0', VisibilityTimeout: 120 },
      { Id: '1', ReceiptHandle: 'r-1', VisibilityTimeout: 120 },
    ]);
  });

  it('answers, rather than fails, where one message of the batch is done', async () => {
    aws.script((call) =>
      call.operation.startsWith('PATCH') ? { status: 403, error: 'AccessDeniedException' } : confirmAll(call),
    );

    const answered = await triage.invoke(batch([event([finding(1)]), 'no json']));

    expect(answered).toEqual({ answer: { batchItemFailures: [{ itemIdentifier: 'm-0' }] } });
  });

  it('keeps the answer where the delay is refused', async () => {
    aws.script((call) => {
      if (call.operation === 'AmazonSQS.ChangeMessageVisibilityBatch')
        return { status: 403, error: 'AccessDenied' };
      return call.operation.startsWith('PATCH')
        ? { status: 403, error: 'AccessDeniedException' }
        : confirmAll(call);
    });

    newLines();
    const answered = await triage.invoke(batch([event([finding(1)]), 'no json']));

    expect(answered).toEqual({ answer: { batchItemFailures: [{ itemIdentifier: 'm-0' }] } });
    const lines = newLines();
    expect(lines.filter(({ message }) => message === 'access denied')).toMatchObject([
      { operation: 'BatchUpdateFindings', code: 'AccessDeniedException' },
      { operation: 'ChangeMessageVisibilityBatch', name: 'AccessDenied', status: 403 },
    ]);
    expect(lines.find((line) => '_aws' in line)).toMatchObject({ AccessDenied: 2 });
  });

  it('returns a message whose dead letter SQS did not take', async () => {
    aws.script((call) => (call.operation === 'AmazonSQS.SendMessageBatch' ? { json: {} } : confirmAll(call)));

    const answered = await triage.invoke(batch(['no json', event([finding(1)])]));

    expect(answered).toEqual({ answer: { batchItemFailures: [{ itemIdentifier: 'm-0' }] } });
  });

  it('does not send again what a second delivery of one event asks for', async () => {
    aws.script(confirmAll);
    const twice = event([finding(1)]);
    await triage.invoke(batch([twice]));

    const answered = await triage.invoke(batch([twice]));

    expect(answered).toEqual({ answer: { batchItemFailures: [] } });
    expect(callsOf('PATCH /findings/batchupdate')).toHaveLength(1);
  });

  it('takes one event by direct invocation and tells the outcomes', async () => {
    aws.script(confirmAll);

    const answered = await triage.invoke(JSON.parse(event([finding(1)])));

    expect(answered).toMatchObject({
      answer: { outcomes: [{ ...identifier(1), outcome: 'updated', rules: ['notify-guardduty'] }] },
    });
  });

  it('fails a direct invocation that has to be made again', async () => {
    aws.script(() => ({ status: 403, error: 'AccessDeniedException' }));

    const answered = await triage.invoke(JSON.parse(event([finding(1)])));

    expect(answered).toEqual({ error: 'Findings were left for another attempt: AccessDeniedException' });
  });

  it('writes nothing a finding says to its output, whatever the environment asks for', async () => {
    aws.script((call) =>
      call.operation.startsWith('PATCH')
        ? {
            json: {
              ProcessedFindings: [],
              UnprocessedFindings: call.body.FindingIdentifiers.map((FindingIdentifier: object) => ({
                FindingIdentifier,
                ErrorCode: 'InvalidInput',
                ErrorMessage: CANARY,
              })),
            },
          }
        : confirmAll(call),
    );

    await triage.invoke(
      batch([
        event([talkative(1), { Title: CANARY }, talkative(2, { ProductName: CANARY })]),
        `{"${CANARY}`,
        event([], { 'detail-type': 'Security Hub Insight Results', detail: { actionName: CANARY } }),
      ]),
    );

    // The letters hold it, so it was there to be leaked.
    expect(JSON.stringify(callsOf('AmazonSQS.SendMessageBatch'))).toContain(CANARY);
    expect(triage.lines().length).toBeGreaterThan(10);
    expect(triage.lines().filter((line) => line.includes(CANARY))).toEqual([]);
  });
});

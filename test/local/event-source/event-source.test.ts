import { afterEach, describe, expect, it } from 'vitest';
import { createAccountClock } from '../../../lib/local/account-clock.ts';
import type { LocalEventSourceMapping } from '../../../lib/local/assembly/local-resources.ts';
import { createEventSource, type EventSource } from '../../../lib/local/event-source/event-source.ts';
import { createSourceQueue } from '../../../lib/local/event-source/source-queue.ts';
import type { InvocationResult } from '../../../lib/local/lambda/invocation.ts';
import { serveQueueService } from '../../../lib/local/sqs/queue-server.ts';
import { createQueueService, type QueueService } from '../../../lib/local/sqs/queue-service.ts';

interface SqsRecord {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
}
type Invocation = readonly SqsRecord[];

const ROOT = { arn: 'arn:aws:iam::111122223333:root' };
const OK: InvocationResult = { ok: true, payload: 'null' };
const THROWN: InvocationResult = { ok: false, errorType: 'Error', errorMessage: 'down' };

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) {
    await end();
  }
});

async function start(
  answer: (records: Invocation, invocation: number) => InvocationResult | Promise<InvocationResult>,
  changes: Partial<LocalEventSourceMapping> = {},
): Promise<{
  source: EventSource;
  queues: QueueService;
  invocations: Invocation[];
  send: (body: string) => void;
}> {
  const clock = createAccountClock(0.001);
  const queues = createQueueService({ region: 'eu-west-1', accountId: '111122223333', now: clock.now });
  queues.addQueue('dead');
  queues.addQueue('ingest', {
    VisibilityTimeout: '60',
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queues.queueArn('dead'), maxReceiveCount: 3 }),
  });
  const served = await serveQueueService(queues);
  const invocations: Invocation[] = [];
  const queueArn = queues.queueArn('ingest');
  const source = createEventSource({
    mapping: {
      logicalId: 'Mapping',
      uuid: '11111111-2222-4333-8444-555555555555',
      arn: 'arn:aws:lambda:eu-west-1:111122223333:event-source-mapping:11111111-2222-4333-8444-555555555555',
      queueArn,
      functionName: 'triage',
      batchSize: 100,
      batchingWindowSeconds: 30,
      maxConcurrency: 2,
      reportsBatchItemFailures: true,
      enabled: true,
      ...changes,
    },
    queue: createSourceQueue({
      endpoint: served.endpoint,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
      queueUrl: queues.queueUrl('ingest'),
      queueArn,
    }),
    visibilityTimeoutMs: () => 60_000,
    waitingMessages: () => queues.peek('ingest').length,
    invoke: async (payload) => {
      const records: Invocation = JSON.parse(payload).Records;
      invocations.push(records);
      return answer(records, invocations.length);
    },
    clock,
  });
  endings.push(served.close, source.close);
  return {
    source,
    queues,
    invocations,
    send: (body) => expect(queues.sendAs(ROOT, 'ingest', body)).toMatchObject({ ok: true }),
  };
}

function bodies(invocation: Invocation | undefined): readonly string[] {
  return (invocation ?? []).map((record) => record.body);
}

describe('createEventSource', () => {
  it('hands over messages as Lambda does and deletes them after success', async () => {
    const { source, queues, invocations } = await start(() => OK);
    queues.sendAs(ROOT, 'ingest', 'hello 🎉', { cause: { DataType: 'String', StringValue: 'test' } });

    await source.settle(10_000);

    expect(invocations).toEqual([
      [
        {
          messageId: expect.any(String),
          receiptHandle: expect.any(String),
          body: 'hello 🎉',
          attributes: expect.objectContaining({
            ApproximateReceiveCount: '1',
            SentTimestamp: expect.any(String),
            SenderId: expect.any(String),
            ApproximateFirstReceiveTimestamp: expect.any(String),
          }),
          messageAttributes: {
            cause: { stringValue: 'test', stringListValues: [], binaryListValues: [], dataType: 'String' },
          },
          md5OfMessageAttributes: expect.any(String),
          md5OfBody: expect.any(String),
          eventSource: 'aws:sqs',
          eventSourceARN: 'arn:aws:sqs:eu-west-1:111122223333:ingest',
          awsRegion: 'eu-west-1',
        },
      ],
    ]);
    expect(queues.peek('ingest')).toEqual([]);
  });

  it('collects what is there into batches of the batch size', async () => {
    const { source, invocations, send } = await start(() => OK);
    source.setEnabled(false);
    for (let index = 0; index < 250; index += 1) {
      send(`message ${index}`);
    }

    source.setEnabled(true);
    await source.settle(20_000);

    const sizes = invocations.map((invocation) => invocation.length);
    expect(Math.max(...sizes)).toBe(100);
    expect(new Set(invocations.flatMap(bodies)).size).toBe(250);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(250);
  });

  it('keeps a batch within 6 MB and brings what did not fit with the next', async () => {
    const { source, invocations, send } = await start(() => OK);
    source.setEnabled(false);
    for (let index = 0; index < 8; index += 1) {
      send(String(index).repeat(1_000_000));
    }

    source.setEnabled(true);
    await source.settle(20_000);

    const payloads = invocations.map((records) => Buffer.byteLength(JSON.stringify({ Records: records })));
    expect(Math.max(...payloads)).toBeLessThanOrEqual(6 * 1024 * 1024);
    expect(invocations.map((records) => records.length)).toEqual([6, 2]);
  });

  it('keeps only the messages that a partial response names, until their visibility timeout', async () => {
    const { source, queues, invocations, send } = await start((records, invocation) => {
      const failing = records.filter((record) => invocation === 1 && record.body === 'b');
      const batchItemFailures = failing.map((record) => ({ itemIdentifier: record.messageId }));
      return { ok: true, payload: JSON.stringify({ batchItemFailures }) };
    });
    source.setEnabled(false);
    for (const body of ['a', 'b', 'c']) {
      send(body);
    }

    source.setEnabled(true);
    await source.settle(20_000);

    expect(invocations.map((records) => bodies(records).toSorted())).toEqual([['a', 'b', 'c'], ['b']]);
    expect(invocations[1]?.[0]?.attributes.ApproximateReceiveCount).toBe('2');
    expect(queues.peek('ingest')).toEqual([]);
  });

  it('leaves messages of failing invocations to the redrive policy', async () => {
    const { source, queues, invocations, send } = await start(() => THROWN);
    send('poison');

    await source.settle(20_000);

    expect(invocations).toHaveLength(3);
    expect(queues.peek('dead').map((message) => message.body)).toEqual(['poison']);
  });

  it('never lets a visibility timeout pass while the function works', async () => {
    // 60 s of visibility are 60 ms here: an invocation of 300 ms would see its messages delivered again.
    const { source, invocations, send } = await start(async () => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      return OK;
    });
    send('slow');

    await source.settle(20_000);

    expect(invocations).toHaveLength(1);
  });

  it('invokes no more at once than the maximum concurrency', async () => {
    let now = 0;
    let most = 0;
    const { source, send } = await start(
      async () => {
        now += 1;
        most = Math.max(most, now);
        await new Promise((resolve) => setTimeout(resolve, 30));
        now -= 1;
        return OK;
      },
      { batchSize: 1, batchingWindowSeconds: 0 },
    );
    for (let index = 0; index < 12; index += 1) {
      send(`message ${index}`);
    }

    await source.settle(20_000);

    expect(most).toBe(2);
  });

  it('tries a throttled batch again without another delivery', async () => {
    const throttled: InvocationResult = {
      ok: false,
      errorType: 'TooManyRequestsException',
      errorMessage: '',
    };
    const { source, invocations, send } = await start((_records, invocation) =>
      invocation < 4 ? throttled : OK,
    );
    send('patient');

    await source.settle(20_000);

    const counts = invocations.map((records) => records[0]?.attributes.ApproximateReceiveCount);
    expect(counts).toEqual(['1', '1', '1', '1']);
  });

  it('lowers its concurrency on failures only without partial responses', async () => {
    let now = 0;
    const seen: number[] = [];
    const { source, send } = await start(
      async (_records, invocation) => {
        now += 1;
        seen.push(now);
        await new Promise((resolve) => setTimeout(resolve, 20));
        now -= 1;
        return invocation <= 6 ? THROWN : OK;
      },
      { batchSize: 1, batchingWindowSeconds: 0, reportsBatchItemFailures: false },
    );
    for (let index = 0; index < 6; index += 1) {
      send(`message ${index}`);
    }

    await source.settle(20_000);

    expect(seen.slice(2, 7)).toEqual([1, 1, 1, 1, 1]);
  });

  it('lets messages wait while it is paused', async () => {
    const { source, queues, invocations, send } = await start(() => OK, { enabled: false });
    send('waiting');

    await source.settle(1000);

    expect(invocations).toEqual([]);
    expect(queues.peek('ingest')).toHaveLength(1);
  });

  it('says so when the queue does not settle in time', async () => {
    const { source, send } = await start(() => new Promise((resolve) => setTimeout(() => resolve(OK), 500)));
    send('slow');

    await expect(source.settle(100)).rejects.toThrow(
      /Mapping has not settled within 100 ms: 1 messages wait/,
    );
  });
});

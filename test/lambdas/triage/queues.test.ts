import { createHash } from 'node:crypto';
import { Logger } from '@aws-lambda-powertools/logger';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type DeadLetter, MESSAGE_LIMIT_BYTES, sizeOf } from '../../../lambdas/triage/dead-letter.ts';
import { createQueueFailures } from '../../../lambdas/triage/queue-failures.ts';
import { connectQueues, type Queues } from '../../../lambdas/triage/queues.ts';
import { type Answer, type ReceivedCall, type ScriptedAws, startScriptedAws } from './scripted-aws.ts';

let aws: ScriptedAws;
let queues: Queues;
const log = new Logger({ logLevel: 'SILENT' });
const failures = createQueueFailures(log);

beforeAll(async () => {
  aws = await startScriptedAws();
  vi.stubEnv('AWS_ENDPOINT_URL_SQS', aws.endpoint);
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  const urls = {
    deadLetterQueueUrl: `${aws.endpoint}/111122223333/dead`,
    ingestQueueUrl: `${aws.endpoint}/111122223333/ingest`,
  };
  queues = connectQueues(urls, failures);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await aws.close();
});
beforeEach(() => {
  aws.calls.length = 0;
});

interface Entry {
  readonly Id: string;
  readonly MessageBody: string;
}

function letters(count: number, body = 'x'): DeadLetter[] {
  return Array.from({ length: count }, () => ({
    body,
    attributes: { causeCode: 'InvalidInput', causeMessage: 'Invalid Input' },
  }));
}

function entriesIn(call: ReceivedCall): Entry[] {
  return call.body.Entries;
}

/** Confirms every entry but the named ones. */
function confirm(call: ReceivedCall, failed: readonly string[] = []): Answer {
  const done = entriesIn(call).filter(({ Id }) => !failed.includes(Id));
  return {
    json: {
      Successful: done.map(({ Id, MessageBody }) => ({
        Id,
        MessageId: `m-${Id}`,
        MD5OfMessageBody: md5(MessageBody ?? ''),
      })),
      Failed: failed.map((Id) => ({ Id, Code: 'InternalError', SenderFault: false })),
    },
  };
}

describe('sendDeadLetters', () => {
  it('sends at most ten a call and reports each one that was confirmed', async () => {
    aws.script((call) => confirm(call));

    const confirmed = await queues.sendDeadLetters(letters(23), 5_000);

    expect(confirmed).toEqual(new Set(Array.from({ length: 23 }, (_, n) => n)));
    expect(aws.calls.map((call) => entriesIn(call).length).sort()).toEqual([10, 10, 3]);
  });

  it('carries the cause as attributes to the dead-letter queue', async () => {
    aws.script((call) => confirm(call));

    await queues.sendDeadLetters(letters(1), 5_000);

    expect(aws.calls[0]?.body).toMatchObject({
      QueueUrl: `${aws.endpoint}/111122223333/dead`,
      Entries: [
        {
          MessageBody: 'x',
          MessageAttributes: {
            causeCode: { DataType: 'String', StringValue: 'InvalidInput' },
            causeMessage: { DataType: 'String', StringValue: 'Invalid Input' },
          },
        },
      ],
    });
  });

  it('keeps a call below the limit in sum', async () => {
    aws.script((call) => confirm(call));

    await queues.sendDeadLetters(letters(7, 'x'.repeat(300_000)), 5_000);

    for (const call of aws.calls) {
      const bytes = entriesIn(call).reduce(
        (sum, { MessageBody }) =>
          sum + sizeOf({ body: MessageBody, attributes: letters(1)[0]?.attributes ?? none() }),
        0,
      );
      expect(bytes).toBeLessThanOrEqual(MESSAGE_LIMIT_BYTES);
    }
    expect(aws.calls).toHaveLength(3);
  });

  it('sends an entry that failed once more', async () => {
    aws.script((call, position) => confirm(call, position === 0 ? ['1'] : []));

    const confirmed = await queues.sendDeadLetters(letters(3), 5_000);

    expect(confirmed.size).toBe(3);
    expect(aws.calls.map((call) => entriesIn(call).map(({ Id }) => Id))).toEqual([['0', '1', '2'], ['1']]);
  });

  it('does not report an entry that failed twice, nor one the reply leaves out', async () => {
    aws.script((call) => {
      const answer = confirm(call, ['1']) as { json: { Successful: Entry[]; Failed: unknown[] } };
      return { json: { ...answer.json, Successful: answer.json.Successful.filter(({ Id }) => Id === '0') } };
    });

    expect(await queues.sendDeadLetters(letters(3), 5_000)).toEqual(new Set([0]));
  });

  it.each<[string, Answer]>([
    ['is refused', { status: 400, error: 'com.amazonaws.sqs#QueueDoesNotExist' }],
    ['is denied', { status: 403, error: 'AccessDeniedException' }],
    ['fails', { status: 500, error: 'InternalError' }],
    ['is cut off', 'reset'],
  ])('confirms nothing where the call %s', async (_, answer) => {
    aws.script(() => answer);

    expect(await queues.sendDeadLetters(letters(2), 5_000)).toEqual(new Set());
  });

  it('confirms nothing where the reply is empty', async () => {
    aws.script(() => ({ json: {} }));

    expect(await queues.sendDeadLetters(letters(2), 5_000)).toEqual(new Set());
  });

  it('makes no call for no letters', async () => {
    await queues.sendDeadLetters([], 5_000);

    expect(aws.calls).toEqual([]);
  });

  it('confirms nothing where the queue hangs until time is up', async () => {
    aws.script(() => 'hang');

    expect(await queues.sendDeadLetters(letters(1), 200)).toEqual(new Set());
  });
});

describe('delay', () => {
  it('changes the visibility of each message of the ingest queue', async () => {
    aws.script((call) => ({ json: { Successful: entriesIn(call).map(({ Id }) => ({ Id })), Failed: [] } }));
    const messages = Array.from({ length: 12 }, (_, n) => ({ receiptHandle: `r-${n}`, seconds: 30 * n }));

    const refused = await queues.delay(messages, 5_000);

    expect(refused).toBe(0);
    const entries = aws.calls.flatMap((call) => call.body.Entries);
    expect(entries).toHaveLength(12);
    expect(entries).toContainEqual({ Id: '1', ReceiptHandle: 'r-11', VisibilityTimeout: 330 });
    expect(aws.calls.every(({ body }) => body.QueueUrl.endsWith('/ingest'))).toBe(true);
  });

  it('counts nothing as taken where the reply is empty', async () => {
    aws.script(() => ({ json: {} }));

    expect(await queues.delay([{ receiptHandle: 'r-1', seconds: 30 }], 5_000)).toBe(1);
  });

  it('counts what was not taken', async () => {
    aws.script(() => ({
      json: {
        Successful: [{ Id: '0' }],
        Failed: [{ Id: '1', Code: 'ReceiptHandleIsInvalid', SenderFault: true }],
      },
    }));

    const refused = await queues.delay(
      [0, 1].map((n) => ({ receiptHandle: `r-${n}`, seconds: 30 })),
      5_000,
    );

    expect(refused).toBe(1);
  });
});

describe('a failure of the queues', () => {
  /** What both operations log where SQS answers so, with the number of denied calls. */
  async function traced(answer: Answer) {
    const lines: unknown[] = [];
    const warn = vi.spyOn(log, 'warn').mockImplementation((...line) => void lines.push(line));
    const error = vi.spyOn(log, 'error').mockImplementation((...line) => void lines.push(line));
    aws.script(() => answer);
    failures.takeDenied();

    await queues.sendDeadLetters(letters(1, 'secret'), 5_000);
    await queues.delay([{ receiptHandle: 'secret', seconds: 30 }], 5_000);

    warn.mockRestore();
    error.mockRestore();
    return { lines, denied: failures.takeDenied() };
  }

  it('is logged by name and status, and counted where it is a denial', async () => {
    const { lines, denied } = await traced({ status: 403, error: 'AccessDenied' });

    const line = { name: 'AccessDenied', status: 403 };
    const send = ['access denied', { operation: 'SendMessageBatch', ...line }];
    // A dead letter is sent twice.
    expect(lines).toEqual([
      send,
      send,
      ['access denied', { operation: 'ChangeMessageVisibilityBatch', ...line }],
    ]);
    expect(denied).toBe(3);
    expect(failures.takeDenied()).toBe(0);
  });

  it('is logged, but counts as no denial, where SQS is down', async () => {
    const { lines, denied } = await traced({ status: 503, error: 'ServiceUnavailable' });

    const line = { name: 'ServiceUnavailable', status: 503 };
    expect(lines).toContainEqual(['queue call failed', { operation: 'SendMessageBatch', ...line }]);
    expect(lines).toContainEqual([
      'queue call failed',
      { operation: 'ChangeMessageVisibilityBatch', ...line },
    ]);
    expect(denied).toBe(0);
  });

  it('is logged by code where single entries failed', async () => {
    const Failed = [{ Id: '0', Code: 'InvalidMessageContents', SenderFault: true, Message: 'secret' }];

    const { lines } = await traced({ json: { Successful: [], Failed } });

    const line = { entries: 1, codes: ['InvalidMessageContents'] };
    expect(lines).toContainEqual(['queue entries failed', { operation: 'SendMessageBatch', ...line }]);
    expect(JSON.stringify(lines)).not.toContain('secret');
  });
});

function none(): DeadLetter['attributes'] {
  return { causeCode: '', causeMessage: '' };
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

import {
  ChangeMessageVisibilityBatchCommand,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { type DeadLetter, MESSAGE_LIMIT_BYTES, sizeOf } from './dead-letter.ts';
import type { QueueFailures } from './queue-failures.ts';

/** A returned message and the time after which it is to come again. */
export interface Delay {
  readonly receiptHandle: string;
  readonly seconds: number;
}

/** What the product asks of SQS; neither throws. */
export interface Queues {
  /** Sends dead letters and returns the positions of those that SQS confirmed, one by one. */
  sendDeadLetters(letters: readonly DeadLetter[], timeoutMs: number): Promise<ReadonlySet<number>>;
  /** Returns how many delays were not taken. */
  delay(messages: readonly Delay[], timeoutMs: number): Promise<number>;
}

/** SendMessageBatch and ChangeMessageVisibilityBatch both take at most 10 entries. */
const ENTRIES_PER_CALL = 10;
const CALLS_AT_ONCE = 5;

/** Opens the way to the two queues. A send is tried twice by us, because a batch may fail entry by entry. */
export function connectQueues(
  urls: { readonly deadLetterQueueUrl: string; readonly ingestQueueUrl: string },
  failures: QueueFailures,
): Queues {
  const client = new SQSClient({
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
  });

  const sendOnce = async (pack: Pack, signal: AbortSignal) => {
    const Entries = pack.map(toEntry);
    const QueueUrl = urls.deadLetterQueueUrl;
    try {
      const reply = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }), {
        abortSignal: signal,
      });
      const failed = (reply.Failed ?? []).map(({ Code }) => Code);
      failures.entries('SendMessageBatch', failed);
      const confirmed = new Set((reply.Successful ?? []).map(({ Id }) => Number(Id)));
      return pack.flatMap(([position]) => (confirmed.has(position) ? [position] : []));
    } catch (error) {
      // Nothing is confirmed, so the messages return.
      failures.call('SendMessageBatch', error);
      return [];
    }
  };

  return {
    async sendDeadLetters(letters, timeoutMs) {
      const signal = AbortSignal.timeout(timeoutMs);
      const confirmed = new Set<number>();
      await eachAtOnce(packBySize(letters), async (pack) => {
        for (const position of await sendOnce(pack, signal)) confirmed.add(position);
        const failed = pack.filter(([position]) => !confirmed.has(position));
        if (failed.length === 0) return;
        for (const position of await sendOnce(failed, signal)) confirmed.add(position);
      });
      return confirmed;
    },

    async delay(messages, timeoutMs) {
      const signal = AbortSignal.timeout(timeoutMs);
      let taken = 0;
      await eachAtOnce(slices(messages, ENTRIES_PER_CALL), async (slice) => {
        const Entries = slice.map(({ receiptHandle, seconds }, position) => ({
          Id: String(position),
          ReceiptHandle: receiptHandle,
          VisibilityTimeout: seconds,
        }));
        const QueueUrl = urls.ingestQueueUrl;
        try {
          const command = new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries });
          const reply = await client.send(command, { abortSignal: signal });
          const failed = (reply.Failed ?? []).map(({ Code }) => Code);
          failures.entries('ChangeMessageVisibilityBatch', failed);
          taken += reply.Successful?.length ?? 0;
        } catch (error) {
          // The messages come again by the queue's own visibility timeout, only later.
          failures.call('ChangeMessageVisibilityBatch', error);
        }
      });
      return messages.length - taken;
    },
  };
}

/** The letters of one call, each with its position among all. */
type Pack = readonly (readonly [number, DeadLetter])[];

function toEntry([position, { body, attributes }]: Pack[number]): SendMessageBatchRequestEntry {
  return {
    Id: String(position),
    MessageBody: body,
    MessageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
    ),
  };
}

/** At most 10 letters and 1 MiB in sum a call: the limit of one message is that of the batch too. */
function packBySize(letters: readonly DeadLetter[]): readonly Pack[] {
  const packs: Pack[] = [];
  let pack: Pack[number][] = [];
  let bytes = 0;
  for (const entry of letters.entries()) {
    const size = sizeOf(entry[1]);
    if (pack.length === ENTRIES_PER_CALL || (pack.length > 0 && bytes + size > MESSAGE_LIMIT_BYTES)) {
      packs.push(pack);
      pack = [];
      bytes = 0;
    }
    pack.push(entry);
    bytes += size;
  }
  return pack.length > 0 ? [...packs, pack] : packs;
}

function slices<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) =>
    items.slice(at * size, (at + 1) * size),
  );
}

async function eachAtOnce<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  for (const some of slices(items, CALLS_AT_ONCE)) await Promise.all(some.map(act));
}

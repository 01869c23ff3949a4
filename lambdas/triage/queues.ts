import {
  ChangeMessageVisibilityBatchCommand,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { batchesOf, eachAtOnce } from './batches.ts';
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

/** SendMessageBatch and ChangeMessageVisibilityBatch take 10 entries; the limit of one message is that of a batch too. */
const PER_CALL = { entries: 10, bytes: MESSAGE_LIMIT_BYTES } as const;

export const QUEUE_CLIENT = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
} as const;

/** Opens the way to the two queues. A send is tried twice by us, because a batch may fail entry by entry. */
export function connectQueues(
  urls: { readonly deadLetterQueueUrl: string; readonly ingestQueueUrl: string },
  failures: QueueFailures,
  client = new SQSClient(QUEUE_CLIENT),
): Queues {
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
      const packs = batchesOf(letters.entries(), ([, letter]) => sizeOf(letter), PER_CALL);
      await eachAtOnce(packs, async (pack) => {
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
      const batches = batchesOf(messages, () => 0, PER_CALL);
      await eachAtOnce(batches, async (batch) => {
        const Entries = batch.map(({ receiptHandle, seconds }, position) => ({
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

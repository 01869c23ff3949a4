import {
  DeleteMessageBatchCommand,
  type DeleteMessageBatchRequestEntry,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { LocalCredentials } from '../lambda/function-environment.ts';
import { type BatchItem, batchItem } from './event-record.ts';

export interface SourceQueueOptions {
  readonly endpoint: string;
  readonly region: string;
  /** The function role's: an event source polls with the rights of its function. */
  readonly credentials: LocalCredentials;
  readonly queueUrl: string;
  readonly queueArn: string;
}

/** The queue as the event source uses it, over the wire. Rejects with the SDK's errors. */
export interface SourceQueue {
  readonly receive: (most: number, waitSeconds: number) => Promise<readonly BatchItem[]>;
  /** Returns what could not be deleted, and will therefore come again. */
  readonly remove: (items: readonly BatchItem[]) => Promise<readonly string[]>;
  /** Ends calls under way. */
  readonly close: () => void;
}

/** Messages a receive, entries a batch. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const MAX_PER_CALL = 10;

/** A client of the queue that an event source mapping reads. */
export function createSourceQueue(options: SourceQueueOptions): SourceQueue {
  const { endpoint, region, credentials, queueUrl, queueArn } = options;
  const client = new SQSClient({ endpoint, region, credentials: { ...credentials } });
  const closing = new AbortController();
  return {
    async receive(most, waitSeconds) {
      const reply = await client.send(
        new ReceiveMessageCommand({
          QueueUrl: queueUrl,
          MaxNumberOfMessages: Math.min(most, MAX_PER_CALL),
          WaitTimeSeconds: waitSeconds,
          MessageSystemAttributeNames: ['All'],
          MessageAttributeNames: ['All'],
        }),
        { abortSignal: closing.signal },
      );
      return (reply.Messages ?? []).map((message) => batchItem(message, queueArn));
    },
    async remove(items) {
      const kept: string[] = [];
      for (const entries of deleteEntries(items)) {
        const reply = await client.send(
          new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }),
          {
            abortSignal: closing.signal,
          },
        );
        kept.push(...(reply.Failed ?? []).map((failure) => items[Number(failure.Id)]?.messageId ?? ''));
      }
      return kept;
    },
    close: () => {
      closing.abort();
      client.destroy();
    },
  };
}

/** Entry ids are positions in the whole batch. */
function deleteEntries(items: readonly BatchItem[]): readonly DeleteMessageBatchRequestEntry[][] {
  const entries = items.map((item, index) => ({ Id: String(index), ReceiptHandle: item.receiptHandle }));
  return Array.from({ length: Math.ceil(entries.length / MAX_PER_CALL) }, (_, call) =>
    entries.slice(call * MAX_PER_CALL, (call + 1) * MAX_PER_CALL),
  );
}

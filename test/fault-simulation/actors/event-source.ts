import { failedMessages } from '../../../lib/local/event-source/batch-response.ts';
import {
  type BatchItem,
  batchItem,
  batchPayload,
  MAX_RECORDS_BYTES,
} from '../../../lib/local/event-source/event-record.ts';
import type { InvocationResult } from '../../../lib/local/lambda/invocation.ts';
import { isRefusal } from '../../../lib/local/sqs/refusal.ts';
import type { Invocation } from '../ledger.ts';
import { INGEST, type World } from '../world.ts';

/** Batches that are invoked at once: the stack's MaximumConcurrency. */
const AT_ONCE = 2;
const PER_CALL = 10;
const LOOK_AGAIN_MS = 20_000;

export interface Answered {
  readonly result: InvocationResult;
  readonly invocation: Invocation;
}

export interface EventSource {
  /** Nothing is to come, is collected, waits for a free place, or is being invoked. */
  readonly isIdle: () => boolean;
}

/**
 * The event source mapping: receives until the batch is full or its window is over, invokes at most two at once, and
 * deletes what was not named as failed. A throttled invocation is made again with the same batch; a thrown error lets
 * it wait under one of the two readings.
 */
export function createEventSource(
  world: World,
  invoke: (payload: string, items: readonly BatchItem[]) => Promise<Answered>,
): EventSource {
  const { schedule, time, faults, queues } = world;
  const { batchSize, windowMs } = schedule.settings;
  const queueUrl = queues.queueUrl(INGEST);
  const queueArn = queues.queueArn(INGEST);
  const ready: (readonly BatchItem[])[] = [];
  let batch: BatchItem[] = [];
  let batchBytes = 0;
  let batchNumber = 0;
  let running = 0;
  let isLookingSoon = false;
  let backoffUntilMs = 0;
  const waiting = new Set<string>();
  let duplicates = 0;

  const call = (operation: string, input: Readonly<Record<string, unknown>>) => {
    const reply = queues.call(operation, 'event-source', { QueueUrl: queueUrl, ...input });
    if (isRefusal(reply)) throw new Error(`${operation} was refused: ${reply.message}`);
    return reply;
  };

  const lookSoon = (delayMs: number): void => {
    if (isLookingSoon) return;
    isLookingSoon = true;
    time.after(delayMs, () => {
      isLookingSoon = false;
      look();
    });
  };

  function look(): void {
    while (ready.length === 0 && batch.length < batchSize) {
      const reply = call('ReceiveMessage', {
        MaxNumberOfMessages: Math.min(PER_CALL, batchSize - batch.length),
        MessageSystemAttributeNames: ['All'],
      });
      const items = ((reply.Messages ?? []) as object[]).map((message) => batchItem(message, queueArn));
      if (items.length === 0) break;
      for (const item of items) {
        take(item);
        if (faults.strikes('duplicateReceive', 'message')) takeAgain(item);
      }
    }
    if (waiting.size > 0) lookSoon(LOOK_AGAIN_MS);
  }

  /** What SQS hands out once more, even after it was deleted. */
  function takeAgain(item: BatchItem): void {
    duplicates += 1;
    time.after(faults.random.int(1, 240) * 1_000, () => {
      duplicates -= 1;
      take(item);
    });
  }

  function take(item: BatchItem): void {
    if (batch.some(({ messageId }) => messageId === item.messageId)) return;
    if (batchBytes + item.recordBytes > MAX_RECORDS_BYTES) close();
    batch.push(item);
    batchBytes += item.recordBytes;
    if (batch.length === 1) {
      const number = batchNumber;
      time.after(windowMs, () => {
        if (number === batchNumber) close();
      });
    }
    if (batch.length >= batchSize) close();
  }

  function close(): void {
    if (batch.length > 0) ready.push(batch);
    batch = [];
    batchBytes = 0;
    batchNumber += 1;
    start();
  }

  function start(): void {
    const waitMs = backoffUntilMs - time.nowMs();
    if (waitMs > 0) {
      time.after(waitMs, start);
      return;
    }
    while (running < AT_ONCE) {
      const items = ready.shift();
      if (items === undefined) return;
      running += 1;
      void run(items).finally(() => {
        running -= 1;
        start();
        look();
      });
    }
  }

  async function run(items: readonly BatchItem[]): Promise<void> {
    while (faults.strikes('invocationThrottled', 'invocation'))
      await time.sleep(faults.random.int(5, 120) * 1_000);
    const { result, invocation } = await invoke(batchPayload(items), items);
    if (!result.ok && schedule.readings.eventSourceBacksOff)
      backoffUntilMs = time.nowMs() + world.random.int(10, 60) * 1_000;
    const failed = failedMessages(result, new Set(items.map(({ messageId }) => messageId)), true);
    if (!invocation.environment.dead && failed.size > 0) {
      const receiptHandles = items.flatMap(({ messageId, receiptHandle }) =>
        failed.has(messageId) ? [receiptHandle] : [],
      );
      const isWholeBatch = failed.size === items.length;
      for (const watcher of world.watchers)
        watcher.onReturned?.({ invocation, threw: !result.ok, receiptHandles, isWholeBatch });
    }
    const done = items.filter(({ messageId }) => !failed.has(messageId));
    world.note(
      `invocation ${invocation.number}: ${result.ok ? 'answered' : 'failed'}, ${done.length} of ${items.length} done`,
    );
    const doneIds = new Set(done.map(({ messageId }) => messageId));
    const acknowledged = invocation.delivered.filter(({ messageId }) => doneIds.has(messageId));
    for (const watcher of world.watchers) watcher.onAcknowledge?.(invocation, acknowledged);
    for (let at = 0; at < done.length; at += PER_CALL) remove(done.slice(at, at + PER_CALL));
  }

  function remove(items: readonly BatchItem[]): void {
    if (faults.strikes('deleteFails', `${items.length} messages`)) return;
    const Entries = items.map(({ receiptHandle }, at) => ({ Id: String(at), ReceiptHandle: receiptHandle }));
    call('DeleteMessageBatch', { Entries });
  }

  queues.subscribe(({ kind, queueName, messageId }) => {
    const arrives = (kind === 'sent' || kind === 'redriven') && queueName === INGEST;
    if (arrives) {
      waiting.add(messageId);
      lookSoon(world.random.int(20, 400));
    }
    if (kind === 'deleted' || kind === 'deadLettered' || kind === 'expired') waiting.delete(messageId);
    // A delay that was asked for may be shorter than the time to the next look.
    if (kind === 'returned') lookSoon(LOOK_AGAIN_MS);
  });

  return {
    isIdle: () =>
      waiting.size + duplicates === 0 && batch.length === 0 && ready.length === 0 && running === 0,
  };
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { AccountClock } from '../account-clock.ts';
import type { LocalEventSourceMapping } from '../assembly/local-resources.ts';
import type { InvocationResult } from '../lambda/invocation.ts';
import { failedMessages } from './batch-response.ts';
import { collectBatch, lookInto } from './collect-batch.ts';
import { type BatchItem, batchPayload } from './event-record.ts';
import type { SourceQueue } from './source-queue.ts';

export interface EventSourceOptions {
  readonly mapping: LocalEventSourceMapping;
  readonly queue: SourceQueue;
  readonly visibilityTimeoutMs: () => number;
  /** Messages in the queue, visible or not. */
  readonly waitingMessages: () => number;
  readonly invoke: (payload: string) => Promise<InvocationResult>;
  readonly clock: AccountClock;
}

export interface EventSource {
  readonly enabled: () => boolean;
  /** Pausing: what is being invoked goes on, what waits stays in the queue. */
  readonly setEnabled: (enabled: boolean) => void;
  /** Resolves when the queue is empty (paused: when nothing is invoked); throws past the real `timeoutMs`. */
  readonly settle: (timeoutMs: number) => Promise<void>;
  /** What went wrong around invocations: refused receives, messages that could not be deleted. */
  readonly problems: () => readonly string[];
  readonly close: () => Promise<void>;
}

const LOOK_AGAIN_MS = 5;
/** Of the account's time, after a refused receive or a throttled invocation. */
const BACKOFF_MS = 1000;

/**
 * An SQS event source mapping: collects batches, invokes with at most MaximumConcurrency at once, and deletes what
 * succeeded. What failed is left alone and shows again after its visibility timeout. Without partial responses a
 * failed invocation also lowers the concurrency, one at a time, and success raises it again.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function createEventSource(options: EventSourceOptions): EventSource {
  const { mapping, queue, clock } = options;
  const running = new Set<Promise<void>>();
  const carried: BatchItem[] = [];
  const problems: string[] = [];
  const limits = { batchSize: mapping.batchSize, windowMs: mapping.batchingWindowSeconds * 1000 };
  const look = lookInto(queue, clock);
  let enabled = mapping.enabled;
  let open = true;
  let collecting = false;
  let concurrency = mapping.maxConcurrency;

  async function poll(): Promise<void> {
    while (open) {
      if (!enabled && carried.length === 0) {
        await clock.rest(LOOK_AGAIN_MS);
      } else if (running.size >= concurrency) {
        await Promise.race(running);
      } else {
        await collectAndDispatch();
      }
    }
  }

  async function collectAndDispatch(): Promise<void> {
    try {
      const batch = await collectBatch(look, clock, limits, carried, () => {
        collecting = true;
      });
      if (batch.length > 0 && open) {
        dispatch(batch);
      }
    } catch (error) {
      await report('Receiving', error);
    } finally {
      collecting = false;
    }
  }

  function dispatch(batch: readonly BatchItem[]): void {
    const done = clock.work();
    const invocation = invokeAndDelete(batch)
      .catch((error: unknown) => report('Deleting', error))
      .finally(() => {
        done();
        running.delete(invocation);
      });
    running.add(invocation);
  }

  async function invokeAndDelete(batch: readonly BatchItem[]): Promise<void> {
    const result = await invokeUnlessThrottled(batchPayload(batch));
    adjustConcurrency(result);
    const messageIds = new Set(batch.map((item) => item.messageId));
    const failed = failedMessages(result, messageIds, mapping.reportsBatchItemFailures);
    const kept = await queue.remove(batch.filter((item) => !failed.has(item.messageId)));
    problems.push(...kept.map((messageId) => `Deleting message ${messageId} failed.`));
  }

  /** A throttled batch is tried again while its messages are still hidden. */
  async function invokeUnlessThrottled(payload: string): Promise<InvocationResult> {
    for (let waitedMs = 0; ; waitedMs += BACKOFF_MS) {
      const result = await options.invoke(payload);
      const throttled = !result.ok && result.errorType === 'TooManyRequestsException';
      if (!throttled || !open || waitedMs >= options.visibilityTimeoutMs()) {
        return result;
      }
      await clock.rest(BACKOFF_MS * clock.timeScale);
    }
  }

  function adjustConcurrency(result: InvocationResult): void {
    if (!mapping.reportsBatchItemFailures) {
      concurrency = result.ok
        ? Math.min(mapping.maxConcurrency, concurrency + 1)
        : Math.max(1, concurrency - 1);
    }
  }

  async function report(what: string, error: unknown): Promise<void> {
    if (open) {
      problems.push(`${what} failed: ${error instanceof Error ? `${error.name}: ${error.message}` : error}`);
      await clock.rest(BACKOFF_MS * clock.timeScale);
    }
  }

  async function settle(timeoutMs: number): Promise<void> {
    const startedMs = performance.now();
    for (;;) {
      const lookedMs = performance.now();
      const waiting = options.waitingMessages();
      if (running.size === 0 && !collecting && (!enabled || waiting === 0)) {
        return;
      }
      if (lookedMs - startedMs > timeoutMs) {
        throw new Error(
          `${mapping.logicalId} has not settled within ${timeoutMs} ms: ${waiting} messages wait, ${running.size} batches are being invoked.`,
        );
      }
      // Counting a long queue takes a while: look so rarely that it stays a small part of the work.
      await sleep(Math.max(LOOK_AGAIN_MS, 10 * (performance.now() - lookedMs)));
    }
  }

  const polling = poll();
  return {
    enabled: () => enabled,
    setEnabled: (wanted) => {
      enabled = wanted;
    },
    settle,
    problems: () => problems,
    async close() {
      open = false;
      queue.close();
      await Promise.all([polling, ...running]);
    },
  };
}

import type { AccountClock } from '../account-clock.ts';
import { type BatchItem, MAX_RECORDS_BYTES } from './event-record.ts';
import type { SourceQueue } from './source-queue.ts';

/** Receives up to `most` messages. */
export type Look = (most: number, mostMs: number) => Promise<readonly BatchItem[]>;

export interface BatchLimits {
  readonly batchSize: number;
  readonly windowMs: number;
}

/** Where time is not shortened, the server waits; short, so that pausing takes effect soon. */
const LONG_POLL_MS = 1000;
/** Real time between looks at a queue in which nothing has come: doubles with each, up to this. */
const MAX_REST_MS = 50;

/**
 * Collects one batch: waits for a first message, then until the batch is full, the window is over or the payload
 * would pass its limit. `carried` holds received messages that did not fit into the batch before, and afterwards
 * those that did not fit into this one. Empty: nothing came within the wait.
 */
export async function collectBatch(
  look: Look,
  clock: AccountClock,
  limits: BatchLimits,
  carried: BatchItem[],
  onFirst: () => void,
): Promise<readonly BatchItem[]> {
  const batch: BatchItem[] = [];
  let bytes = 0;
  function take(items: readonly BatchItem[]): void {
    carried.push(...items);
    for (let next = carried[0]; next !== undefined; next = carried[0]) {
      if (
        batch.length === limits.batchSize ||
        (batch.length > 0 && bytes + next.recordBytes > MAX_RECORDS_BYTES)
      ) {
        return;
      }
      batch.push(next);
      bytes += next.recordBytes;
      carried.shift();
    }
  }

  take(carried.length > 0 ? [] : await look(limits.batchSize, Number.POSITIVE_INFINITY));
  if (batch.length === 0) {
    return batch;
  }
  onFirst();
  const windowEndMs = clock.now() + limits.windowMs;
  while (batch.length < limits.batchSize && carried.length === 0) {
    const leftMs = windowEndMs - clock.now();
    const items = await look(limits.batchSize - batch.length, Math.max(0, leftMs));
    take(items);
    if (items.length === 0 && leftMs <= 0) {
      break;
    }
  }
  return batch;
}

/** Looks into the queue; where nothing is, waits a little, longer each time, but not past the account's `mostMs`. */
export function lookInto(queue: SourceQueue, clock: AccountClock): Look {
  let restMs = 1;
  return async (most, mostMs) => {
    if (clock.timeScale >= 1 && mostMs >= LONG_POLL_MS) {
      return await queue.receive(most, LONG_POLL_MS / 1000);
    }
    const items = await queue.receive(most, 0);
    restMs = items.length > 0 ? 1 : Math.min(2 * restMs, MAX_REST_MS);
    if (items.length === 0 && mostMs > 0) {
      await clock.rest(Math.min(restMs, Math.max(1, mostMs * clock.timeScale)));
    }
    return items;
  };
}

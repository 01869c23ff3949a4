/** What one call of a batch operation takes. */
export interface BatchLimits {
  readonly entries: number;
  /** In sum. */
  readonly bytes: number;
}

/** Cuts items, in their order, into batches of as few calls. An item that is too large by itself stands alone. */
export function batchesOf<T>(
  items: Iterable<T>,
  sizeOf: (item: T) => number,
  limits: BatchLimits,
): readonly (readonly T[])[] {
  const batches: T[][] = [];
  let batch: T[] = [];
  let bytes = 0;
  for (const item of items) {
    const size = sizeOf(item);
    if (batch.length === limits.entries || (batch.length > 0 && bytes + size > limits.bytes)) {
      batches.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(item);
    bytes += size;
  }
  return batch.length > 0 ? [...batches, batch] : batches;
}

/** Calls for so many at a time; the next ones wait for all of them. */
const CALLS_AT_ONCE = 5;

/** Acts on every item, a few at once. */
export async function eachAtOnce<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < items.length; at += CALLS_AT_ONCE)
    await Promise.all(items.slice(at, at + CALLS_AT_ONCE).map(act));
}

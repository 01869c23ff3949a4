import { UPDATE_LIMITS } from '../../findings/update.ts';

const { findingsPerCall } = UPDATE_LIMITS;

/** An update that wants to be sent, and which of the distinct payloads it carries. */
export interface PendingUpdate {
  readonly atMs: number;
  readonly payload: string;
}

/**
 * The rule of thumb for a buffer that keeps each payload until 100 findings share it or it is `windowSeconds` old:
 * Σ over payloads max(1, M / min(100, 1 + λ·T)), where M findings of a payload come over `streamSeconds`.
 */
export function estimateBufferedCalls(
  sizes: readonly number[],
  streamSeconds: number,
  windowSeconds: number,
): number {
  return sizes.reduce((calls, size) => {
    const perCall = 1 + (size / streamSeconds) * windowSeconds;
    return calls + Math.max(1, size / Math.min(findingsPerCall, perCall));
  }, 0);
}

/** The calls such a buffer makes of given updates, which are in the order of their time. */
export function countBufferedCalls(updates: readonly PendingUpdate[], windowMs: number): number {
  const open = new Map<string, { untilMs: number; size: number }>();
  let calls = 0;
  for (const { atMs, payload } of updates) {
    const buffer = open.get(payload);
    if (buffer === undefined || atMs > buffer.untilMs || buffer.size === findingsPerCall) {
      calls += 1;
      open.set(payload, { untilMs: atMs + windowMs, size: 1 });
    } else buffer.size += 1;
  }
  return calls;
}

/** A stream as batches receive it. */
export interface BatchedStream {
  /** How many findings have each distinct payload. */
  readonly sizes: readonly number[];
  /** All messages, those that ask for nothing included. */
  readonly messages: number;
  /** Messages a second; infinite for a burst. */
  readonly perSecond: number;
}

/** How batches are collected. */
export interface BatchShape {
  /** By count or by payload, whichever is reached first. */
  readonly mostMessages: number;
  readonly windowSeconds: number;
  readonly pollers: number;
}

/**
 * The same thought for batches, which start with their first message whatever its payload and are shared by several
 * pollers: a batch holds m = min(most, 1 + λ·T / pollers) messages, of payload p a Poisson number with mean
 * M_p·m / N, and needs the expected Σ over payloads ⌈number / 100⌉ calls.
 */
export function estimateBatchedCalls(
  { sizes, messages, perSecond }: BatchedStream,
  shape: BatchShape,
): number {
  const collected = 1 + (perSecond * shape.windowSeconds) / shape.pollers;
  const perBatch = Math.min(shape.mostMessages, collected, messages);
  const batches = messages / perBatch;
  const callsOfOne = sizes.reduce((sum, size) => sum + expectedCalls((size * perBatch) / messages), 0);
  return batches * callsOfOne;
}

/** E⌈X / 100⌉ for a Poisson X: the sum over j of P(X > 100 j). */
function expectedCalls(mean: number): number {
  // Beyond this e^-mean is too small to start from, and the spread no longer matters.
  if (mean > 500) return mean / findingsPerCall + 0.5;
  let probability = Math.exp(-mean);
  let atMost = 0;
  let calls = 0;
  for (let count = 0; atMost < 1 - 1e-12 && count < 2_000; count += 1) {
    atMost += probability;
    if (count % findingsPerCall === 0) calls += 1 - atMost;
    probability *= mean / (count + 1);
  }
  return calls;
}

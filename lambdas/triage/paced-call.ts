import type { CallFailure, CallResult } from './call-failure.ts';
import type { Clock } from './clock.ts';
import type { TokenBucket } from './token-bucket.ts';

/** What one invocation's calls of one operation share. */
export interface Pace {
  readonly bucket: TokenBucket;
  readonly clock: Clock;
  /** When the function is stopped, as epoch milliseconds. */
  readonly deadlineMs: number;
}

/** A call may take seconds, and its outcomes must still be made durable, so none starts later than this. */
const LAST_START_MS = 3_000;
const SETTLING_MS = 1_500;
const CALL_ATTEMPTS = 4;
const BACKOFF_MS = { throttled: 1_000, unavailable: 200, identifier: 500 } as const;
const LONGEST_BACKOFF_MS = 20_000;

/**
 * Makes one call within the rate and the time there is, and again where throttling or an outage failed it: at most
 * four times, with full jitter. What is refused or denied would be again, so it is not repeated. `late` where
 * less than three seconds are left: the findings go back to the queue rather than into a half-made call.
 */
export async function callPaced<Reply>(
  call: (timeoutMs: number) => Promise<CallResult<Reply>>,
  pace: Pace,
): Promise<CallResult<Reply>> {
  // Late is only what was never sent; after that the last reply says more.
  let result: CallResult<Reply> = LATE;
  for (let attempt = 1; ; attempt += 1) {
    if (!(await pace.bucket.take(lastStartMs(pace))) || pace.clock.nowMs() > lastStartMs(pace)) return result;
    // Whatever a call does, time is left to make its outcomes durable.
    result = await call(Math.floor(pace.deadlineMs - pace.clock.nowMs() - SETTLING_MS));
    if (result.kind !== 'throttled' && result.kind !== 'unavailable') return result;
    if (attempt === CALL_ATTEMPTS) return result;
    if (!(await pauseUntil(backoffEndMs(result.kind, attempt, pace.clock), pace))) return result;
  }
}

/** When to try again after the given attempt (1 is the first), by full jitter. */
export function backoffEndMs(reason: keyof typeof BACKOFF_MS, attempt: number, clock: Clock): number {
  const longestMs = Math.min(LONGEST_BACKOFF_MS, BACKOFF_MS[reason] * 2 ** (attempt - 1));
  return clock.nowMs() + clock.random() * longestMs;
}

/** Waits until the given epoch milliseconds; false, without waiting, where no call could start then. */
export async function pauseUntil(untilMs: number, pace: Pace): Promise<boolean> {
  if (untilMs > lastStartMs(pace)) return false;
  const pauseMs = untilMs - pace.clock.nowMs();
  if (pauseMs > 0) await pace.clock.sleep(pauseMs);
  return true;
}

function lastStartMs(pace: Pace): number {
  return pace.deadlineMs - LAST_START_MS;
}

export const LATE: CallFailure = {
  kind: 'late',
  cause: { code: 'DeadlineNear', message: 'Too little time was left in this invocation to make the call' },
};

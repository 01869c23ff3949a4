import type { Clock } from './clock.ts';

/** Keeps one execution environment's calls below its share of the account's quota. */
export interface TokenBucket {
  /** Waits for a token and takes it; false, and nothing taken, where none comes before `deadlineMs` (epoch). */
  take(deadlineMs: number): Promise<boolean>;
}

/**
 * A token bucket on the caller's side: at most `burst` calls at once and `perSecond` in the long run. The quota of
 * BatchUpdateFindings (10 a second, burst 30) is one for the account and Region and shared with every other
 * caller, so the product keeps to a share of it instead of finding the limit by being throttled.
 * https://docs.aws.amazon.com/general/latest/gr/sechub.html
 */
export function createTokenBucket(perSecond: number, burst: number, clock: Clock): TokenBucket {
  let tokens = burst;
  let filledAtMs = clock.nowMs();

  return {
    async take(deadlineMs) {
      for (;;) {
        const nowMs = clock.nowMs();
        // A clock that was set back must not drain the bucket.
        tokens = Math.min(burst, tokens + (Math.max(0, nowMs - filledAtMs) / 1000) * perSecond);
        filledAtMs = nowMs;
        if (tokens >= 1) {
          tokens -= 1;
          return true;
        }
        const waitMs = Math.ceil(((1 - tokens) / perSecond) * 1000);
        if (nowMs + waitMs > deadlineMs) return false;
        await clock.sleep(waitMs);
      }
    },
  };
}

/** Takes one token at an instant (milliseconds), or tells that there is none. */
export type TokenBucket = (nowMs: number) => boolean;

/** A rate with a burst; the clock is the caller's. */
export function createTokenBucket(quota: {
  readonly callsPerSecond: number;
  readonly burst: number;
}): TokenBucket {
  let tokens = quota.burst;
  let lastMs: number | undefined;
  return (nowMs) => {
    const elapsedMs = Math.max(0, nowMs - (lastMs ?? nowMs));
    tokens = Math.min(quota.burst, tokens + (elapsedMs / 1000) * quota.callsPerSecond);
    lastMs = nowMs;
    if (tokens < 1) {
      return false;
    }
    tokens -= 1;
    return true;
  };
}

/** How many calls one execution environment may make. */
export interface CallBudget {
  readonly perSecond: number;
  readonly burst: number;
}

/** What is left of the budget at an instant. */
export interface Tokens {
  readonly left: number;
  readonly atMs: number;
}

/**
 * When a caller that asks at `nowMs` gets its token, and what is left then: the function's own token bucket
 * (lambdas/triage/token-bucket.ts) as arithmetic, since a simulation cannot sleep. Not taken, without waiting, where
 * no token comes before `deadlineMs`.
 */
export function takeToken(
  tokens: Tokens,
  nowMs: number,
  deadlineMs: number,
  { perSecond, burst }: CallBudget,
): { readonly taken: boolean; readonly tokens: Tokens } {
  let { left, atMs } = tokens;
  let askedMs = Math.max(nowMs, atMs);
  for (;;) {
    left = Math.min(burst, left + ((askedMs - atMs) / 1000) * perSecond);
    atMs = askedMs;
    if (left >= 1) return { taken: true, tokens: { left: left - 1, atMs } };
    const waitMs = Math.ceil(((1 - left) / perSecond) * 1000);
    if (atMs + waitMs > deadlineMs) return { taken: false, tokens: { left, atMs } };
    askedMs = atMs + waitMs;
  }
}

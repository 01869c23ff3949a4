import type { Decision } from '../../lib/triage/decision.ts';

/** What a sweep may send now, and what it leaves to the next. */
export interface Shared<T> {
  /** In the order of the findings. */
  readonly taken: readonly T[];
  /** Findings that would become suppressed and have to wait. */
  readonly deferred: number;
  /** When the share has made up for what was taken; milliseconds since 1970. */
  readonly suppressedUpMs: number;
}

const HOUR_MS = 3_600_000;
/**
 * How far suppressions may run ahead of their share. With what the share gives meanwhile an hour suppresses one and a
 * half shares at most, which is three quarters of what one environment of the triage function may.
 */
const AHEAD_MS = HOUR_MS / 2;

/**
 * Takes what suppresses nothing, and new suppressions one by one as long as they are not too far ahead of their share.
 *
 * @param perHour The sweep's share; null for as many as rules say.
 */
export function withinShare<T extends { readonly decision: Pick<Decision, 'newlySuppressed'> }>(
  changing: readonly T[],
  perHour: number | null,
  suppressedUpMs: number,
  nowMs: number,
): Shared<T> {
  if (perHour === null) return { taken: changing, deferred: 0, suppressedUpMs };
  let upMs = Math.max(suppressedUpMs, nowMs);
  const taken = changing.filter(({ decision }) => {
    if (!decision.newlySuppressed) return true;
    // The first is let through even where a share of one an hour is all there is.
    if (upMs > nowMs && upMs + HOUR_MS / perHour > nowMs + AHEAD_MS) return false;
    upMs += HOUR_MS / perHour;
    return true;
  });
  return { taken, deferred: changing.length - taken.length, suppressedUpMs: upMs };
}

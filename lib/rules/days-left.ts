import { lastInstantOf } from './engine/last-day.ts';

const DAY_MS = 86_400_000;

/**
 * Whole or begun days (UTC) from an instant (ms since 1970) to the end of a `YYYY-MM-DD` day: 1 on that day itself, 0
 * or less once it is over.
 */
export function daysLeft(day: string, nowMs: number): number {
  // Rounding up makes -0 of the hours after an end.
  return Math.ceil((lastInstantOf(day) - nowMs) / DAY_MS) || 0;
}

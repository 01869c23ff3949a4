const DAY_MS = 86_400_000;

/** The last millisecond (UTC) of a `YYYY-MM-DD` day: what expires on a day is valid all through it. */
export function lastInstantOf(day: string): number {
  return Date.parse(`${day}T00:00:00.000Z`) + DAY_MS - 1;
}

import type { Random } from './workload/random.ts';

/** The value below which the given share of the values lies, interpolated; NaN for no values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export interface Interval {
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 2_000;

/** Where the median would lie in 95 of 100 repetitions, by drawing anew from what was measured (bootstrap). */
export function intervalOfMedian(values: readonly number[], random: Random): Interval {
  const medians = Array.from({ length: RESAMPLES }, () => median(values.map(() => random.pick(values))));
  return { low: quantile(medians, 0.025), high: quantile(medians, 0.975) };
}

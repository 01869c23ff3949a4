import { type Interval, intervalOfMedian, median } from '../statistics.ts';
import { createRandom } from '../workload/random.ts';

export interface Verdict {
  /** Time of the first version ÷ time of the second: 2 means that the second takes half the time. */
  readonly ratio: number;
  readonly interval: Interval;
  readonly says: 'faster' | 'slower' | 'within noise';
}

/**
 * Two runs of the very same code differ by this much on a shared machine: where code and data happen to lie in memory
 * stays the same for a whole process, so more rounds do not average it away.
 */
export const LEAST_DIFFERENCE = 0.02;
/** Fewer pairs than this cannot tell a difference from chance. */
export const FEWEST_PAIRS = 5;

/**
 * Judges the second version by paired measurements, one ratio a pair of fresh processes: `faster` or `slower` only
 * where the whole interval lies on one side of what noise alone makes.
 */
export function judgeRatios(ratios: readonly number[]): Verdict {
  const interval = intervalOfMedian(ratios, createRandom(ratios.length));
  const ratio = median(ratios);
  const sure = ratios.length >= FEWEST_PAIRS;
  if (sure && interval.low > 1 + LEAST_DIFFERENCE) return { ratio, interval, says: 'faster' };
  if (sure && interval.high < 1 / (1 + LEAST_DIFFERENCE)) return { ratio, interval, says: 'slower' };
  return { ratio, interval, says: 'within noise' };
}

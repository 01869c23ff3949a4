import { describe, expect, it } from 'vitest';
import { intervalOfMedian, median, quantile } from './statistics.ts';
import { createRandom } from './workload/random.ts';

describe('statistics', () => {
  it('finds the middle of odd and even numbers of values, in any order', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  it('interpolates between values', () => {
    expect(quantile([0, 10], 0.99)).toBeCloseTo(9.9);
    expect(quantile([5], 0.99)).toBe(5);
  });

  it('draws an interval around the median that narrows with more values', () => {
    const spread = (count: number) => Array.from({ length: count }, (_unused, index) => (index % 10) / 10);

    const few = intervalOfMedian(spread(10), createRandom(1));
    const many = intervalOfMedian(spread(400), createRandom(1));

    expect(few.low).toBeLessThan(0.45);
    expect(few.high).toBeGreaterThan(0.45);
    expect(many.high - many.low).toBeLessThan(few.high - few.low);
  });
});

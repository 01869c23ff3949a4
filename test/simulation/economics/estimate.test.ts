import { describe, expect, it } from 'vitest';
import { poissonArrivals } from '../../../lib/simulation/economics/arrivals.ts';
import {
  countBufferedCalls,
  estimateBatchedCalls,
  estimateBufferedCalls,
} from '../../../lib/simulation/economics/estimate.ts';
import { figuresOf } from '../../../lib/simulation/economics/figures.ts';
import { simulateStack } from '../../../lib/simulation/economics/simulate.ts';
import { decidedOf, numbersFrom, SETTINGS } from './decided.ts';

describe('the rule of thumb for a buffer', () => {
  it('is the optimum for a long window and one call a finding for none', () => {
    const sizes = [250, 30, 1];

    expect(estimateBufferedCalls(sizes, 3_600, 1e9)).toBe(2.5 + 1 + 1);
    expect(estimateBufferedCalls(sizes, 3_600, 0)).toBe(281);
  });

  it('is near what a buffer does', () => {
    const random = numbersFrom(5);
    const updates = poissonArrivals(20_000, 10, random).map(({ atMs }) => ({
      atMs,
      payload: String(Math.floor(20 * random() ** 2)),
    }));
    const sizes = [...Map.groupBy(updates, ({ payload }) => payload).values()].map(({ length }) => length);

    const counted = countBufferedCalls(updates, 60_000);
    const estimated = estimateBufferedCalls(sizes, 2_000, 60);

    expect(counted / estimated).toBeGreaterThan(0.95);
    expect(counted / estimated).toBeLessThan(1.2);
  });
});

describe('countBufferedCalls', () => {
  it('sends a payload when a hundred share it or its window is over', () => {
    const at = (atMs: number, payload = 'a') => ({ atMs, payload });

    expect(countBufferedCalls([at(0), at(10), at(11)], 10)).toBe(2);
    expect(countBufferedCalls([at(0), at(0, 'b'), at(1), at(1, 'b')], 10)).toBe(2);
    expect(countBufferedCalls(Array(201).fill(at(0)), 10)).toBe(3);
    expect(countBufferedCalls([], 10)).toBe(0);
  });
});

describe('the estimate for batches', () => {
  it.each([
    [1, 1_000, 30, 2],
    [10, 1_000, 30, 2],
    [100, 1_000, 30, 2],
    [10, 100, 300, 1],
    [0.1, 1_000, 300, 5],
  ])(
    'is near the simulation at %d/s with batches of %d and %d s, %d pollers',
    (perSecond, batchSize, windowSeconds, pollers) => {
      const random = numbersFrom(9);
      const payloads = Array.from({ length: 12_000 }, () => Math.floor(60 * random() ** 2));
      // Two of three findings are left as they are.
      const decided = payloads.map((value, id) => decidedOf(id, value < 20 ? { Confidence: value } : null));
      const deliveries = poissonArrivals(decided.length, perSecond, random);
      const settings = { ...SETTINGS, batchSize, windowMs: windowSeconds * 1_000, pollers };
      const sizes = [
        ...Map.groupBy(
          payloads.filter((value) => value < 20),
          String,
        ).values(),
      ].map(({ length }) => length);

      const run = simulateStack(deliveries, decided, settings, random);
      const estimated = estimateBatchedCalls(
        { sizes, messages: decided.length, perSecond },
        { mostMessages: batchSize, windowSeconds, pollers },
      );

      expect(figuresOf(run, deliveries, decided).calls / estimated).toBeGreaterThan(0.85);
      expect(figuresOf(run, deliveries, decided).calls / estimated).toBeLessThan(1.15);
    },
  );

  it('counts hundreds: one payload in full batches needs a call for each of them', () => {
    const calls = estimateBatchedCalls(
      { sizes: [10_000], messages: 10_000, perSecond: Number.POSITIVE_INFINITY },
      { mostMessages: 1_000, windowSeconds: 30, pollers: 2 },
    );

    expect(calls).toBeCloseTo(105, 0);
  });
});

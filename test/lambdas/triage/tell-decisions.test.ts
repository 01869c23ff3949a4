import { describe, expect, it } from 'vitest';
import type { Ending } from '../../../lambdas/triage/ending.ts';
import type { Instance } from '../../../lambdas/triage/instance.ts';
import { tellDecisions } from '../../../lambdas/triage/tell-decisions.ts';
import { endingOf, reportOf, unreadEnding } from './endings.ts';
import { NOW_MS } from './fixtures.ts';
import { world } from './world.ts';

const UPDATED = endingOf(1);
const REPORT = reportOf([
  UPDATED,
  endingOf(2, { outcome: { outcome: 'unchanged' } }),
  endingOf(3, { outcome: { outcome: 'held' } }),
  endingOf(4, { outcome: { outcome: 'deadLettered' } }),
  endingOf(5, { outcome: { outcome: 'returned' } }),
  endingOf(6, { outcome: { outcome: 'observed' } }),
  unreadEnding('m-7'),
]);

/** An instance with this bus, and what the bus was asked. */
function withBus(put: (updated: readonly Ending[], untilMs: number) => Promise<number>) {
  let connected = 0;
  const asked: { updated: readonly Ending[]; untilMs: number }[] = [];
  const decisionBus: NonNullable<Instance['decisionBus']> = async () => {
    connected += 1;
    return {
      put: (updated, untilMs) => {
        asked.push({ updated, untilMs });
        return put(updated, untilMs);
      },
    };
  };
  const instance: Instance = { ...world().instance, decisionBus };
  return { instance, asked, connected: () => connected };
}

describe('tellDecisions', () => {
  it('tells of nothing where there is no bus', async () => {
    expect(await tellDecisions(REPORT, world().instance, NOW_MS + 60_000)).toBeNull();
  });

  it('tells of confirmed updates, and of nothing else', async () => {
    const { instance, asked } = withBus(async () => 0);

    expect(await tellDecisions(REPORT, instance, NOW_MS + 60_000)).toBe(0);

    expect(asked.map(({ updated }) => updated)).toEqual([[UPDATED]]);
  });

  it('does not even load the client where nothing was updated', async () => {
    const { instance, connected } = withBus(async () => 0);

    expect(await tellDecisions(reportOf(REPORT.endings.slice(1)), instance, NOW_MS + 60_000)).toBe(0);

    expect(connected()).toBe(0);
  });

  it.each([
    [60_000, 5_000],
    [4_000, 2_000],
    [1_000, -1_000],
  ])('gives the bus five seconds, or what leaves two: with %i ms left, %i', async (leftMs, givenMs) => {
    const { instance, asked } = withBus(async () => 1);

    expect(await tellDecisions(REPORT, instance, NOW_MS + leftMs)).toBe(1);

    expect(asked[0]?.untilMs).toBe(NOW_MS + givenMs);
  });

  it.each([
    ['is broken', withBus(() => Promise.reject(new TypeError('a bug'))).instance],
    [
      'cannot be loaded',
      { ...world().instance, decisionBus: () => Promise.reject(new Error('no such file')) },
    ],
  ])('never throws, also where the bus %s', async (_what, instance) => {
    expect(await tellDecisions(REPORT, instance, NOW_MS + 60_000)).toBe(1);
  });
});

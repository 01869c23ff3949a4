import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../lambdas/triage/clock.ts';

describe('systemClock', () => {
  it('tells epoch milliseconds that pass while it sleeps', async () => {
    const beforeMs = systemClock.nowMs();

    await systemClock.sleep(20);

    expect(beforeMs).toBeGreaterThan(Date.parse('2020-01-01'));
    // Timers may fire a millisecond early by the wall clock.
    expect(systemClock.nowMs() - beforeMs).toBeGreaterThanOrEqual(19);
  });

  it('draws from 0 up to but not including 1', () => {
    const drawn = Array.from({ length: 100 }, () => systemClock.random());

    expect(drawn.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(new Set(drawn).size).toBeGreaterThan(1);
  });
});

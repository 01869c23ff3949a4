import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTokenBucket } from '../../../lambdas/triage/token-bucket.ts';
import { virtualClock } from './fixtures.ts';

describe('createTokenBucket', () => {
  it('lets a burst through at once and then keeps the rate', async () => {
    const clock = virtualClock(0);
    const bucket = createTokenBucket(3, 10, clock);

    const takenAtMs: number[] = [];
    for (let n = 0; n < 16; n += 1) {
      await bucket.take(Number.POSITIVE_INFINITY);
      takenAtMs.push(clock.nowMs());
    }

    expect(takenAtMs.slice(0, 10)).toEqual(Array(10).fill(0));
    expect(takenAtMs.at(-1)).toBeGreaterThanOrEqual(2_000);
    expect(takenAtMs.at(-1)).toBeLessThan(2_010);
  });

  it('refuses, and waits not at all, where no token comes in time', async () => {
    const clock = virtualClock(0);
    const bucket = createTokenBucket(1, 1, clock);
    await bucket.take(0);

    const taken = await bucket.take(999);

    expect(taken).toBe(false);
    expect(clock.nowMs()).toBe(0);
  });

  it('is not drained by a clock that is set back', async () => {
    const clock = virtualClock(10_000);
    const bucket = createTokenBucket(1, 2, clock);
    await bucket.take(10_000);
    clock.advance(-5_000);

    expect(await bucket.take(5_000)).toBe(true);
  });

  it('never lets more through in any span of time than burst and rate allow', async () => {
    const pauses = fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 2, maxLength: 60 });

    await fc.assert(
      fc.asyncProperty(
        pauses,
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 9 }),
        async (gaps, burst, rate) => {
          const clock = virtualClock(0);
          const bucket = createTokenBucket(rate, burst, clock);
          const takenAtMs: number[] = [];
          for (const gap of gaps) {
            await clock.sleep(gap);
            await bucket.take(Number.POSITIVE_INFINITY);
            takenAtMs.push(clock.nowMs());
          }

          for (const [from, startMs] of takenAtMs.entries())
            for (const [to, endMs] of takenAtMs.entries())
              if (to >= from)
                expect(to - from + 1).toBeLessThanOrEqual(burst + ((endMs - startMs) / 1000) * rate + 1e-6);
        },
      ),
    );
  });
});

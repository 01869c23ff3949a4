import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchesOf, eachAtOnce } from '../../../lambdas/triage/batches.ts';

describe('batchesOf', () => {
  it('keeps every item, in order, within the limits, and starts no batch before it has to', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 60 }),
        fc.record({ entries: fc.integer({ min: 1, max: 12 }), bytes: fc.integer({ min: 1, max: 300 }) }),
        (sizes, limits) => {
          const batches = batchesOf(sizes, (size) => size, limits);

          const sum = (batch: readonly number[]) => batch.reduce((total, size) => total + size, 0);
          expect(batches.flat()).toEqual(sizes);
          for (const [position, batch] of batches.entries()) {
            expect(batch.length).toBeGreaterThan(0);
            expect(batch.length).toBeLessThanOrEqual(limits.entries);
            if (batch.length > 1) expect(sum(batch)).toBeLessThanOrEqual(limits.bytes);
            const next = batches[position + 1]?.[0];
            if (next !== undefined)
              expect(batch.length === limits.entries || sum([...batch, next]) > limits.bytes).toBe(true);
          }
        },
      ),
    );
  });
});

describe('eachAtOnce', () => {
  it('acts on every item, on five at a time', async () => {
    let running = 0;
    let most = 0;
    const seen: number[] = [];

    await eachAtOnce([...Array(12).keys()], async (item) => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      seen.push(item);
      running -= 1;
    });

    expect(seen.toSorted((a, b) => a - b)).toEqual([...Array(12).keys()]);
    expect(most).toBe(5);
  });
});

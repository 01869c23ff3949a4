import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isInNumberSet, writeNumberSet } from '../../../../lib/rules/engine/candidates/number-set.ts';

describe('a set of numbers within a test', () => {
  it('holds the numbers that were written, and no other, whatever stands before and behind it', () => {
    const numbers = fc.oneof(
      fc.array(fc.integer({ min: 1, max: 70 }), { maxLength: 40 }),
      fc.array(fc.integer({ min: 1, max: 100_000 }), { maxLength: 40 }),
    );

    fc.assert(
      fc.property(numbers, fc.array(fc.nat(100_000), { maxLength: 40 }), (written, others) => {
        const around = [...written, 0, 1, 63, 64];
        const code = Int32Array.from([...around, ...writeNumberSet(written), ...around]);

        for (const number of [0, ...written, ...written.map((each) => each + 1), ...others])
          expect(isInNumberSet(code, around.length, number)).toBe(written.includes(number));
      }),
      { numRuns: 2_000, seed: 20_261_122 },
    );
  });

  it('takes no more room than its numbers, however large they are', () => {
    expect(writeNumberSet([100_000, 7])).toEqual([-2, 7, 100_000]);
    expect(writeNumberSet([1, 2, 33])).toHaveLength(3);
    expect(writeNumberSet([])).toHaveLength(1);
  });

  it('is written as bits where they take no more words than it has numbers', () => {
    expect(writeNumberSet([1, 40])).toEqual([2, 2, 256]);
    expect(writeNumberSet([40, 1, 40])).toEqual([2, 2, 256]);
    expect(writeNumberSet([1, 31])).toEqual([1, 2 | (1 << 31)]);
    expect(writeNumberSet([1, 64])).toEqual([-2, 1, 64]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createIdentityTable } from '../../../lib/simulation/tally/identity-table.ts';

describe('the table of identities', () => {
  it('answers as a map would, past many times its first size and with low bits alike', () => {
    const table = createIdentityTable();
    const map = new Map<string, number>();
    const word = fc.integer({ min: 0, max: 0xffff_ffff });
    const pairs = fc.sample(fc.tuple(fc.oneof(word, fc.constantFrom(0, 4096, 0xffff_f000)), word), {
      numRuns: 30_000,
      seed: 1,
    });

    for (const [number, [low, high]] of pairs.entries()) {
      const key = `${low} ${high}`;
      const known = map.get(key) ?? null;
      expect(table.findOrPut(low, high, number)).toBe(known);
      if (known === null) map.set(key, number);
      else if (number % 2 === 0) {
        table.replace(low, high, number);
        map.set(key, number);
      }
    }

    for (const [key, number] of map) {
      const [low = 0, high = 0] = key.split(' ').map(Number);
      expect(table.findOrPut(low, high, 7)).toBe(number);
    }
  });
});

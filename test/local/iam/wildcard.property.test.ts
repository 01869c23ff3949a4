import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesWildcard } from '../../../lib/local/iam/wildcard.ts';

const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 12 });
const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 });

describe('matchesWildcard', () => {
  it('agrees with the regular expression of the same meaning', () => {
    fc.assert(
      fc.property(pattern, text, (glob, candidate) => {
        const expected = new RegExp(`^${glob.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(candidate);

        expect(matchesWildcard(glob, candidate)).toBe(expected);
      }),
    );
  });

  it('takes a pattern made to backtrack without stalling', () => {
    expect(matchesWildcard(`${'*a'.repeat(40)}b`, 'a'.repeat(5000))).toBe(false);
  });
});

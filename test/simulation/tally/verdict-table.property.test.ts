import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Ruled, Verdict } from '../../../lib/simulation/decide/verdict.ts';
import { createSequenceTable } from '../../../lib/simulation/tally/sequence-table.ts';
import { createVerdictTable } from '../../../lib/simulation/tally/verdict-table.ts';

const names = fc.array(fc.constantFrom('a', 'b', 'c', 'a,b', '', '1'), { maxLength: 3 });
const name = fc.option(fc.constantFrom('a', 'b', ''));
const ruled: fc.Arbitrary<Ruled> = fc.record({
  outcome: fc.constantFrom('updated', 'held'),
  workflow: fc.constantFrom('NEW', 'SUPPRESSED'),
  severity: fc.constantFrom('LOW', 'HIGH'),
  noOp: fc.boolean(),
  heldBy: fc.constantFrom<Ruled['heldBy'][]>([], ['person']),
  matched: names,
  decided: names,
});
const verdict: fc.Arbitrary<Verdict> = fc.record({
  now: fc.record({ workflow: fc.constant('NEW'), severity: fc.constantFrom('LOW', 'HIGH') }),
  severity: fc.constant('LOW'),
  ruled,
  base: fc.option(ruled),
  change: fc.constantFrom(null, 'newlySuppressed'),
  redacted: fc.boolean(),
  dueTo: names,
  suppression: fc.option(
    fc.record({ by: name, heldFrom: name, ended: names, gone: names, markSuppresses: fc.boolean() }),
  ),
});

describe('verdicts in their table', () => {
  it('come back as they were, and have one number where they are equal', () => {
    fc.assert(
      fc.property(fc.array(verdict, { maxLength: 40 }), (verdicts) => {
        const table = createVerdictTable();
        const numberOfText = new Map<string, number>();

        for (const one of [...verdicts, ...verdicts]) {
          const number = table.numberOf(one);

          const text = JSON.stringify(one);
          expect(number).toBe(numberOfText.get(text) ?? numberOfText.size);
          numberOfText.set(text, number);
          expect(table.at(number)).toEqual(one);
          expect(table.namelessAt(number)).toMatchObject({ change: one.change, severity: one.severity });
        }

        expect(table.length()).toBe(numberOfText.size);
      }),
    );
  });

  it('are none that were never put there', () => {
    const table = createVerdictTable();

    expect(() => table.at(0)).toThrow('There is no verdict 0');
    expect(table.namelessAt(0)).toBeNull();
  });
});

describe('sequences in their table', () => {
  it('have one number where they are equal, however many there are', () => {
    const sequence = fc.array(fc.integer({ min: 0, max: 0xffff_ffff }), { maxLength: 4 });
    fc.assert(
      fc.property(fc.array(fc.oneof(sequence, fc.array(fc.nat(2), { maxLength: 3 }))), (sequences) => {
        const table = createSequenceTable();
        const numbers = sequences.map((one) => table.numberOf(one));

        expect(numbers.map(table.at)).toEqual(sequences);
        expect(table.length()).toBe(new Set(sequences.map(String)).size);
      }),
    );
  });

  it('are found again where many were put in', () => {
    const table = createSequenceTable();
    const pairs = Array.from({ length: 30_000 }, (_, i) => [i % 200, Math.floor(i / 200)]);

    expect(pairs.map(table.numberOf)).toEqual(pairs.map((_, i) => i));
    expect(pairs.map(table.numberOf)).toEqual(pairs.map((_, i) => i));
    expect(table.at(29_999)).toEqual([199, 149]);
  });
});

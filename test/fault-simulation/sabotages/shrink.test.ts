import { describe, expect, it } from 'vitest';
import { runSabotaged } from './run-sabotaged.ts';
import { SABOTAGES } from './sabotages.ts';
import type { ShrunkReport } from './shrink-found.ts';

const ATTEMPTS = 120;

describe('a schedule that fails', () => {
  it.each([
    'a returned finding is acknowledged where a neighbour was done',
    'what is old is believed for two hours',
  ])(
    'is made small, and fails in the same way: %s',
    async (bug) => {
      const sabotage = SABOTAGES.find(({ says }) => says === bug);
      if (sabotage === undefined) throw new Error(`There is no bug "${bug}".`);

      const report = (await runSabotaged(sabotage, 'sabotages/shrink-found.ts', [
        1,
        ATTEMPTS,
      ])) as ShrunkReport;

      const { whole, shrunk, replayed } = report;
      console.info(
        `seed ${report.seed}: ${whole.stimuli} stimuli and ${whole.faults} faults became ${shrunk.stimuli} and ${shrunk.faults} in ${report.attempts} attempts`,
      );
      expect(shrunk.invariant).toBe(whole.invariant);
      expect(shrunk.stimuli + shrunk.faults).toBeLessThanOrEqual((whole.stimuli + whole.faults) / 2);
      expect(shrunk.stimuli).toBeLessThan(whole.stimuli);
      // What is printed to be run again leads to the very same course.
      expect(replayed).toEqual(shrunk);
    },
    300_000,
  );
});

import { describe, expect, it } from 'vitest';
import { runSchedule, runScripted } from '../run-schedule.ts';
import { runSabotaged } from '../sabotages/run-sabotaged.ts';
import { JUDGE_REGRESSIONS } from './of-the-judge.ts';
import { PRODUCT_REGRESSIONS } from './of-the-product.ts';
import { readScript } from './script.ts';

describe('what the simulation once found', () => {
  it.each(PRODUCT_REGRESSIONS)(
    'has not come back to the product: $says ($name)',
    async ({ name }) => {
      const { breaches } = await runScripted(readScript(name));

      expect(breaches).toEqual([]);
    },
    60_000,
  );

  // A script that holds on any code would hold nothing.
  it.each(PRODUCT_REGRESSIONS)(
    'is found again where the bug is brought back: $says ($name)',
    async (regression) => {
      const breached = await runSabotaged(regression, 'regressions/play.ts', [regression.name]);

      expect(breached).toEqual([regression.invariant]);
    },
    60_000,
  );

  it.each(JUDGE_REGRESSIONS)(
    'is no longer misjudged: seed $seed, $found',
    async ({ seed }) => {
      const { breaches } = await runSchedule(seed);

      expect(breaches).toEqual([]);
    },
    60_000,
  );
});

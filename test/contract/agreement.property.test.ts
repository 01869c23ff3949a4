import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OPERATORS } from '../../lib/rules/operators.ts';
import { requireAgreement } from './agreement.ts';
import { someCase } from './generate/case.ts';
import { runs, USUAL_RUNS } from './runs.ts';
import { formatSpread, newSpread } from './spread.ts';

describe('the rules that hold on a finding', () => {
  it('are the same by json-rules-engine alone, by confirm and judge, by the index and by the reference', async () => {
    const spread = newSpread();

    await fc.assert(
      fc.asyncProperty(someCase, (each) => requireAgreement(each, spread)),
      runs(USUAL_RUNS),
    );

    console.info(formatSpread(spread));
    expect(spread.pairs).toBeGreaterThan(40 * runs(USUAL_RUNS).numRuns);
    expect(spread.matched / spread.pairs).toBeGreaterThan(0.3);
    expect(spread.demanding / spread.matched).toBeGreaterThan(0.2);
    expect(spread.referred / spread.pairs).toBeGreaterThan(0.4);
    // Each operator is met and missed often enough to tell a wrong reading of it.
    for (const operator of Object.keys(OPERATORS)) {
      const { pairs = 0, matched = 0 } = spread.byOperator.get(operator) ?? {};
      expect.soft(pairs, operator).toBeGreaterThan(spread.pairs / 40);
      expect.soft(matched / pairs, operator).toBeGreaterThan(0.2);
      expect.soft(matched / pairs, operator).toBeLessThan(0.8);
    }
  }, 600_000);
});

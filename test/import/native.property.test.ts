import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNativeRules } from '../../lib/import/native/read-rules.ts';
import { runs } from '../contract/runs.ts';
import { importEnforced, NOW_MS } from './compare.ts';
import { compareAll, nativeSource } from './compare-all.ts';
import { comparedFindings } from './findings.ts';
import { nativeRules } from './native-arbitraries.ts';
import { brokenTests } from './written-rules.ts';

const FINDINGS = comparedFindings();
/** 60 sets of up to eight rules: some three hundred. */
const { numRuns, seed } = runs(60);

describe('native rules drawn at random', () => {
  it('come over so that findings end as before or as the report says, and their tests pass', async () => {
    let rulesTried = 0;
    let acted = 0;
    let refused = 0;

    await fc.assert(
      fc.asyncProperty(nativeRules(FINDINGS), fc.boolean(), async (rules, allowCritical) => {
        const made = await importEnforced(readNativeRules(rules, NOW_MS), allowCritical);
        const tally = await compareAll(made, someOf(FINDINGS), nativeSource(rules));

        rulesTried += rules.length;
        acted += tally.acted;
        refused += made.rules.filter(({ rule, isLeftOut }) => rule === null && !isLeftOut).length;
        expect(tally.unexplained).toEqual([]);
        expect(await brokenTests(made)).toEqual([]);
      }),
      { numRuns, seed },
    );

    expect(rulesTried).toBeGreaterThan(numRuns * 4);
    expect(acted).toBeGreaterThan(rulesTried);
    expect(refused).toBeLessThan(rulesTried / 4);
  }, 600_000);
});

/** The samples and each tenth of the rest. */
function someOf<T>(items: readonly T[]): readonly T[] {
  return items.filter((_, i) => i < 100 || i % 10 === 0);
}

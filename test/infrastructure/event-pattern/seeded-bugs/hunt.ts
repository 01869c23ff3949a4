import fc from 'fast-check';
import type { Hunt } from '../../../contract/seeded-bugs/hunt.ts';
import { conditionCase, type PatternCase, viewCase } from '../cases.ts';
import { nothingSeen, requirePassing } from '../requirement.ts';

/** How many cases of views, then of conditions, in turn. */
const ROUNDS = [
  [12, 8],
  [30, 40],
  [40, 60],
  [100, 140],
  [160, 200],
] as const;

/** Looks for findings that the pattern keeps out wrongly, by the code beside this file: a copy with a bug in it. */
async function hunt(seed: number): Promise<Hunt> {
  const seen = nothingSeen();
  const passing = (cases: fc.Arbitrary<PatternCase>) =>
    fc.asyncProperty(cases, async ({ rulesets, findings, mostBytes }) => {
      const drawn = await findings();
      for (const ruleset of rulesets) await requirePassing(ruleset, drawn, mostBytes, seen);
    });
  for (const [round, counts] of ROUNDS.entries())
    for (const [i, cases] of [viewCase, conditionCase].entries()) {
      const details = await fc.check(passing(cases), {
        numRuns: counts[i as 0 | 1],
        seed: seed + round,
        endOnFailure: true,
      });
      if (details.failed)
        return { found: String((details.errorInstance as Error).message), pairs: seen.pairs };
    }
  return { found: null, pairs: seen.pairs };
}

console.log(JSON.stringify(await hunt(Number(process.argv[2]))));

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { subjectOf } from '../../lib/rules/engine/fact.ts';
import { generateFindings } from '../bench/workload/findings.ts';
import { IMPORTED } from '../bench/workload/matching.ts';
import { generateRuleset } from '../bench/workload/ruleset.ts';
import { WORKLOAD_NOW } from '../bench/workload/situation.ts';
import { sightingOf, someRecipe, subjectOfSighting } from './generate/case.ts';
import { INSTANTS } from './generate/surroundings.ts';
import { largeRuleset, namedSightings, requireAllMatchesFound } from './large.ts';
import { runs } from './runs.ts';

describe('the index over many rules', () => {
  it('finds every rule that holds, in any order of asking and at any instant', async () => {
    let pairs = 0;
    let matched = 0;

    await fc.assert(
      fc.asyncProperty(
        largeRuleset,
        fc.array(someRecipe, { minLength: 30, maxLength: 30 }),
        async (ruleset, recipes) => {
          const drawn = recipes.map((recipe) => sightingOf(ruleset, recipe));
          const subjects = [...drawn, ...namedSightings(ruleset)].map(subjectOfSighting);
          // Each finding at every instant, one after another: lists and ages change in between.
          const later = subjects
            .slice(0, 5)
            .flatMap((subject) => INSTANTS.map((nowMs) => ({ ...subject, nowMs })));

          const found = await requireAllMatchesFound(ruleset, [...subjects, ...later]);

          pairs += found.pairs;
          matched += found.matched;
        },
      ),
      runs(4),
    );

    console.info(`${pairs} pairs with 400 to 1,100 rules, ${((100 * matched) / pairs).toFixed(1)} % matched`);
    // Most findings are made to meet one rule of hundreds, to the letter.
    expect(matched / pairs).toBeGreaterThan(0.03);
  }, 600_000);

  it.each([
    [300, 120],
    [3_000, 40],
  ])(
    'finds what holds of %i rules as people write them',
    async (count, findings) => {
      const { seed } = runs(1);
      const ruleset = generateRuleset(seed % 1_000, count);
      const subjects = generateFindings(seed % 997, findings).map((finding) =>
        subjectOf(finding, IMPORTED, WORKLOAD_NOW),
      );

      const { matched, candidates } = await requireAllMatchesFound(ruleset, subjects);

      expect(matched).toBeGreaterThan(findings / 10);
      expect(candidates).toBe(matched);
    },
    600_000,
  );
});

import fc from 'fast-check';
import { requireAgreement } from '../agreement.ts';
import { sightingOf, someCase, someRecipe, subjectOfSighting } from '../generate/case.ts';
import { largeRuleset, namedSightings, requireAllMatchesFound } from '../large.ts';
import { newSpread } from '../spread.ts';

/** What a hunt for differences came to; `found` is null where there was none. */
export interface Hunt {
  readonly found: string | null;
  /** Pairs of rule and finding that were judged, up to the first difference. */
  readonly pairs: number;
}

/** How many small cases, then large ones, then small ones again: the large find what only many rules bring about. */
const ROUNDS = [
  [150, 0],
  [0, 1],
  [200, 1],
  [300, 1],
] as const;

/** Looks for differences between the ways to judge, by the code that stands beside this file: a copy with a bug in it. */
async function hunt(seed: number): Promise<Hunt> {
  const spread = newSpread();
  let pairs = 0;
  const large = fc.asyncProperty(
    largeRuleset,
    fc.array(someRecipe, { minLength: 20, maxLength: 20 }),
    async (ruleset, recipes) => {
      const drawn = recipes.map((recipe) => sightingOf(ruleset, recipe));
      const subjects = [...drawn, ...namedSightings(ruleset)].map(subjectOfSighting);
      pairs += ruleset.rules.length * subjects.length;
      await requireAllMatchesFound(ruleset, subjects);
    },
  );
  const small = fc.asyncProperty(someCase, (each) => requireAgreement(each, spread));
  for (const [round, [cases, largeCases]] of ROUNDS.entries())
    for (const [property, numRuns] of [
      [small, cases],
      [large, largeCases],
    ] as const) {
      if (numRuns === 0) continue;
      const details = await fc.check(property as typeof small, {
        numRuns,
        seed: seed + round,
        endOnFailure: true,
      });
      if (details.failed)
        return { found: String((details.errorInstance as Error).message), pairs: pairs + spread.pairs };
    }
  return { found: null, pairs: pairs + spread.pairs };
}

console.log(JSON.stringify(await hunt(Number(process.argv[2]))));

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { branchesOf } from '../../../../lib/rules/engine/candidates/demand.ts';
import { compileRuleset } from '../../../../lib/rules/engine/compiled-ruleset.ts';
import type { Condition } from '../../../../lib/rules/rule.ts';
import { isSomeBranchMet } from '../../../contract/demands.ts';
import { rulesetOf, someCase, subjectOfSighting } from '../../../contract/generate/case.ts';
import { runs } from '../../../contract/runs.ts';

describe('what a condition demands', () => {
  it('is there wherever the engine says that it holds, and wherever it says that its opposite does not', async () => {
    let demanding = 0;
    let held = 0;

    await fc.assert(
      fc.asyncProperty(someCase, async ({ conditions, named, sightings }) => {
        const opposites = conditions.map((condition): Condition => ({ not: condition }));
        const ruleset = rulesetOf([...conditions, ...opposites], named);
        const compiled = compileRuleset(ruleset);
        for (const { rule, confirm } of compiled.rules) {
          const branches = branchesOf(rule.conditions, ruleset);
          for (const sighting of sightings) {
            const subject = subjectOfSighting(sighting);
            if (!(await confirm(subject).catch(() => false))) continue;

            const isMet = isSomeBranchMet(
              branches,
              (fact) => compiled.readFact(fact, subject),
              sighting.nowMs,
            );

            expect(isMet, JSON.stringify({ conditions: rule.conditions, branches, ...sighting })).toBe(true);
            held += 1;
            if (branches.every((demands) => demands.length > 0)) demanding += 1;
          }
        }
      }),
      runs(500),
    );

    // Something is demanded by many of the conditions that hold, or this would prove nothing.
    expect(demanding / held).toBeGreaterThan(0.05);
  }, 600_000);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CompiledRule, compileRuleset } from '../../../../lib/rules/engine/compiled-ruleset.ts';
import type { Subject } from '../../../../lib/rules/engine/fact.ts';
import type { Condition } from '../../../../lib/rules/rule.ts';
import { rulesetOf, someCase, subjectOfSighting } from '../../../contract/generate/case.ts';
import { runs } from '../../../contract/runs.ts';

describe('candidates for a finding', () => {
  it('are the rules that hold, and no others but what only RE2 could rule out', async () => {
    const seen = { holds: 0, misses: 0, threw: 0, spare: 0 };

    await fc.assert(
      fc.asyncProperty(someCase, async ({ conditions, named, sightings }) => {
        const compiled = compileRuleset(rulesetOf(conditions, named));
        for (const sighting of sightings) {
          const subject = subjectOfSighting(sighting);
          const candidates = compiled.candidatesFor(subject);
          const orders = candidates.map(({ order }) => order);
          expect(orders).toEqual([...new Set(orders)].sort((a, b) => a - b));
          for (const rule of compiled.rules) {
            const isCandidate = candidates.includes(rule);
            const verdict = await verdictOf(rule, subject);
            const isSpare = verdict === 'misses' && isCandidate;
            const isRight = isSpare
              ? asksPatterns(rule.rule.conditions, named)
              : verdict !== 'holds' || isCandidate;
            expect(isRight, JSON.stringify({ conditions: rule.rule.conditions, named, ...sighting })).toBe(
              true,
            );
            seen[isSpare ? 'spare' : verdict] += 1;
          }
        }
      }),
      runs(400),
    );

    expect(seen.holds).toBeGreaterThan(seen.misses / 5);
    expect(seen.misses).toBeGreaterThan(100 * seen.spare);
  }, 600_000);
});

async function verdictOf(rule: CompiledRule, subject: Subject): Promise<'holds' | 'misses' | 'threw'> {
  try {
    return (await rule.judge(subject)).matched ? 'holds' : 'misses';
  } catch {
    return 'threw';
  }
}

/** Whether patterns are asked for: in the condition, or in one of those that it may name. */
function asksPatterns(condition: Condition, named: readonly Condition[]): boolean {
  const text = JSON.stringify(condition);
  if (/"operator":"(?:\w+:)*(?:glob|matches)"/.test(text)) return true;
  return text.includes('"condition":') && named.some((each) => asksPatterns(each, []));
}

import fc from 'fast-check';
import { type CompiledRule, compileRuleset } from '../../lib/rules/engine/compiled-ruleset.ts';
import type { Subject } from '../../lib/rules/engine/fact.ts';
import type { Condition } from '../../lib/rules/rule.ts';
import type { Ruleset } from '../../lib/rules/ruleset.ts';
import { rulesetOf } from './generate/case.ts';
import { conditionOf, keyedConditionOf } from './generate/condition.ts';

const keyed = keyedConditionOf(1, []);

/** Rules enough for the index to look up several times, with literals of many lengths; they share no conditions. */
export const largeRuleset: fc.Arbitrary<Ruleset> = fc
  .array(fc.oneof(conditionOf(2, []), conditionOf(3, []), keyed, keyed, keyed), {
    minLength: 300,
    maxLength: 900,
    size: 'max',
  })
  .map((conditions: readonly Condition[]) => rulesetOf(conditions, []));

/**
 * Asks the index of a ruleset about some subjects, in their order, backwards, and each of a new index; throws where the
 * answers differ or leave out a rule that json-rules-engine confirms.
 */
export async function requireAllMatchesFound(
  ruleset: Ruleset,
  subjects: readonly Subject[],
): Promise<{ readonly pairs: number; readonly matched: number; readonly candidates: number }> {
  const compiled = compileRuleset(ruleset);
  const forwards = subjects.map((subject) => namesOf(compiled.candidatesFor(subject)));
  const other = compileRuleset({ ...ruleset });
  const backwards = subjects.toReversed().map((subject) => namesOf(other.candidatesFor(subject)));
  let matched = 0;
  let candidates = 0;
  for (const [i, subject] of subjects.entries()) {
    const found = forwards[i] ?? [];
    const again = namesOf(compiled.candidatesFor(subject));
    if (found.join() !== backwards.at(-1 - i)?.join() || found.join() !== again.join())
      throw new Error(
        `The index says ${found}, asked in another order ${backwards.at(-1 - i)}, again ${again}.`,
      );
    candidates += found.length;
    const isFound = new Set(found);
    for (const rule of compiled.rules) {
      if (!(await isConfirmed(rule, subject))) continue;
      matched += 1;
      if (!isFound.has(rule.rule.name))
        throw new Error(`The index left out ${JSON.stringify(rule.rule.conditions)}`);
    }
  }
  return { pairs: subjects.length * compiled.rules.length, matched, candidates };
}

function namesOf(rules: readonly CompiledRule[]): readonly string[] {
  return rules.map(({ rule }) => rule.name);
}

async function isConfirmed(rule: CompiledRule, subject: Subject): Promise<boolean> {
  try {
    return await rule.confirm(subject);
  } catch {
    return false;
  }
}

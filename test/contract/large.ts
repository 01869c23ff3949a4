import fc from 'fast-check';
import { type CompiledRule, compileRuleset } from '../../lib/rules/engine/compiled-ruleset.ts';
import type { Subject } from '../../lib/rules/engine/fact.ts';
import type { Condition } from '../../lib/rules/rule.ts';
import type { Ruleset } from '../../lib/rules/ruleset.ts';
import { rulesetOf } from './generate/case.ts';
import { conditionOf, keyedConditionOf } from './generate/condition.ts';
import { intend } from './generate/wishes.ts';

/** Beginnings and ends of many lengths of few texts: more lengths than the index looks for at once. */
const LONG = ['arn:aws:ec2:eu-west-1:111122223333:instance/i-1', 'abcdeabcdeabcde', 'AaAaABBBBAAaBBA'];
const affix: fc.Arbitrary<Condition> = fc
  .record({
    fact: fc.constantFrom('Title', 'GeneratorId'),
    operator: fc.constantFrom('startsWith', 'endsWith'),
    text: fc.constantFrom(...LONG),
    length: fc.integer({ min: 1, max: 40 }),
  })
  .map(({ fact, operator, text, length }) => {
    const value = operator === 'startsWith' ? text.slice(0, length) : text.slice(-length);
    return intend({ fact, operator, value }, (wanted, n) => [
      { fact, value: wanted ? (n % 2 === 0 ? text : value) : value.slice(1) },
    ]);
  });

/** Each rule is made of these: so many ask for the same, and the index has to tell them apart step by step. */
const ingredients = fc.record({
  keys: fc.array(
    fc.oneof({ weight: 3, arbitrary: keyedConditionOf(1, []) }, { weight: 1, arbitrary: affix }),
    { minLength: 40, maxLength: 120, size: 'max' },
  ),
  others: fc.array(fc.oneof(conditionOf(1, []), conditionOf(2, []), conditionOf(3, [])), {
    minLength: 40,
    maxLength: 80,
    size: 'max',
  }),
});
const mixture = fc.record({ key: fc.nat(1_000), second: fc.nat(1_000), how: fc.nat(5) });

/** Rules enough for the index to look up several times, with literals of many lengths; they share no conditions. */
export const largeRuleset: fc.Arbitrary<Ruleset> = fc
  .tuple(ingredients, fc.array(mixture, { minLength: 300, maxLength: 900, size: 'max' }))
  .map(([{ keys, others }, mixtures]) =>
    rulesetOf(
      mixtures.map(({ key, second, how }): Condition => {
        const first = at(keys, key);
        if (how === 0) return { all: [first] };
        if (how === 1) return at(others, second);
        return { all: [first, how === 2 ? at(others, second) : at(keys, second)] };
      }),
      [],
    ),
  );

function at(conditions: readonly Condition[], place: number): Condition {
  return conditions[place % conditions.length] as Condition;
}

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

import fc from 'fast-check';
import { type CompiledRule, compileRuleset } from '../../lib/rules/engine/compiled-ruleset.ts';
import type { Subject } from '../../lib/rules/engine/fact.ts';
import type { Condition } from '../../lib/rules/rule.ts';
import type { Ruleset } from '../../lib/rules/ruleset.ts';
import { rulesetOf, type Sighting, sightingOf } from './generate/case.ts';
import { conditionOf, keyedConditionOf } from './generate/condition.ts';
import { INSTANTS } from './generate/surroundings.ts';
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

const NAMES_OF_MANY: readonly string[] = Array.from({ length: 600 }, (_, n) => `name-${n}`);

/**
 * One of a few generators, and one of a few names out of hundreds by which an index cannot file the rule: it looks at all
 * rules of the generator, and of most names it hears only as their tests are made.
 */
const scattered: fc.Arbitrary<Condition> = fc
  .record({
    generator: fc.constantFrom('gen-0', 'gen-1', 'gen-2', 'gen-3'),
    fact: fc.constantFrom('Title', 'Compliance.Status', 'Types'),
    names: fc.uniqueArray(fc.constantFrom(...NAMES_OF_MANY), { minLength: 1, maxLength: 4 }),
  })
  .map(({ generator, fact, names }) => {
    const isList = fact === 'Types';
    const isGenerator = { fact: 'GeneratorId', operator: 'equal', value: generator };
    const isNamed = { fact, operator: isList ? 'someFact:in' : 'in', value: names };
    return {
      all: [
        intend(isGenerator, (wanted) => [{ fact: 'GeneratorId', value: wanted ? generator : 'gen' }]),
        {
          any: [
            intend(isNamed, (wanted, n) => {
              const one = at(wanted ? names : NAMES_OF_MANY, n);
              return [{ fact, value: isList ? ['other', one] : one }];
            }),
            { fact: 'Confidence', operator: 'lessThan', value: -1 },
          ],
        },
      ],
    };
  });

/** The other way round: generators tell more than the names do, and those that follow lie far apart. */
const COMMON_NAMES = ['name-400', 'name-470', 'name-599'];
const common: fc.Arbitrary<Condition> = fc
  .tuple(fc.integer({ min: 4, max: 11 }), fc.constantFrom(...COMMON_NAMES))
  .map(([n, name]) => ({
    all: [
      intend({ fact: 'GeneratorId', operator: 'equal', value: `gen-${n}` }, (wanted) => [
        { fact: 'GeneratorId', value: wanted ? `gen-${n}` : 'gen' },
      ]),
      intend({ fact: 'Title', operator: 'equal', value: name }, (wanted) => [
        { fact: 'Title', value: wanted ? name : 'name' },
      ]),
    ],
  }));

/** Looks at every finding, and so makes an index hear of all names at once: of a few of them the numbers lie far apart. */
const ALL_NAMES: Condition = { all: [{ fact: 'Title', operator: 'notIn', value: NAMES_OF_MANY }] };

/** So many rules of each large ruleset, and more, ask for scattered names; they are the last but one. */
const SCATTERED = 80;

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
  scatteredOnes: fc.array(fc.oneof(scattered, common), {
    minLength: SCATTERED,
    maxLength: 2 * SCATTERED,
    size: 'max',
  }),
});
const mixture = fc.record({ key: fc.nat(1_000), second: fc.nat(1_000), how: fc.nat(5) });

/** Rules enough for the index to look up several times, with literals of many lengths; they share no conditions. */
export const largeRuleset: fc.Arbitrary<Ruleset> = fc
  .tuple(ingredients, fc.array(mixture, { minLength: 300, maxLength: 900, size: 'max' }))
  .map(([{ keys, others, scatteredOnes }, mixtures]) =>
    rulesetOf(
      [
        ...mixtures.map(({ key, second, how }): Condition => {
          const first = at(keys, key);
          if (how === 0) return { all: [first] };
          if (how === 1) return at(others, second);
          return { all: [first, how === 2 ? at(others, second) : at(keys, second)] };
        }),
        ...scatteredOnes,
        ALL_NAMES,
      ],
      [],
    ),
  );

/** A finding for each of the last rules that ask for names, made to meet that one and no other. */
export function namedSightings(ruleset: Ruleset): readonly Sighting[] {
  return Array.from({ length: SCATTERED }, (_, i) =>
    sightingOf(ruleset, {
      targets: [{ rule: ruleset.rules.length - 2 - i, wanted: true, n: i }],
      slips: [],
      strays: [],
      nowMs: INSTANTS[0] ?? 0,
    }),
  );
}

function at<T>(items: readonly T[], place: number): T {
  return items[place % items.length] as T;
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

import fc from 'fast-check';
import type { TriageEvent } from '../../../lib/findings/triage-event.ts';
import { type Subject, subjectOf } from '../../../lib/rules/engine/fact.ts';
import type { Condition, Rule } from '../../../lib/rules/rule.ts';
import { DEFAULT_CONFIG, type Ruleset } from '../../../lib/rules/ruleset.ts';
import { drawnAt, instantAt } from './comparison.ts';
import { conditionOf, keyedConditionOf, negative, ungapped } from './condition.ts';
import { denseRules } from './dense.ts';
import { ACCOUNTS, INSTANTS, LIST_FACTS, LISTS, ODD_FACTS, SINGLE_FACTS } from './surroundings.ts';
import { twist } from './twist.ts';
import { put, type Wish, wishesFor } from './wishes.ts';
import { scalar } from './words.ts';

/** A finding to be judged, and the circumstances. */
export interface Sighting {
  readonly finding: Readonly<Record<string, unknown>>;
  readonly event: TriageEvent;
  readonly nowMs: number;
}

/** The conditions of a ruleset, and findings that were drawn to meet them, to miss them and to meet them nearly. */
export interface Case {
  readonly conditions: readonly Condition[];
  /** What rules share, under the names of `NAMES` in their order. */
  readonly named: readonly Condition[];
  readonly sightings: readonly Sighting[];
}

/** How a finding is made: so that some rules hold, or do not, and then a little wrong. Small numbers shrink well. */
const recipe = fc.record({
  targets: fc.array(
    fc.record({
      rule: fc.nat(10_000),
      wanted: fc.constantFrom(true, true, true, true, true, false),
      n: fc.nat(40),
    }),
    { minLength: 2, maxLength: 9, size: 'max' },
  ),
  slips: fc.array(fc.record({ wish: fc.nat(20), how: fc.nat(200) }), { maxLength: 1 }),
  strays: fc.array(fc.record({ fact: fc.nat(100), value: scalar }), { maxLength: 1 }),
  nowMs: fc.constantFrom(...INSTANTS),
});
export type Recipe = typeof recipe extends fc.Arbitrary<infer T> ? T : never;

/** Names of shared conditions; each may use those before it. */
const NAMES = ['shared', '__proto__', 'constructor', 'last'] as const;

const keyed = keyedConditionOf(2, NAMES);

/** Conditions that rules share, and rules that may use them. */
export const parts: fc.Arbitrary<{
  readonly named: readonly Condition[];
  readonly conditions: readonly Condition[];
}> = fc.record({
  named: fc.tuple(
    ...NAMES.map((_, i) =>
      i === 0 ? fc.oneof(negative, conditionOf(2, [])) : conditionOf(2, NAMES.slice(0, i)),
    ),
  ),
  conditions: fc.array(
    fc.oneof(conditionOf(1, NAMES), conditionOf(2, NAMES), conditionOf(4, NAMES), keyed, keyed, keyed),
    { minLength: 1, maxLength: 12, size: 'max' },
  ),
});

/** A ruleset of conditions; what rules write does not matter to whether they hold. */
export function rulesetOf(conditions: readonly Condition[], named: readonly Condition[]): Ruleset {
  return {
    rules: conditions.map((each, i) => ruleOf(each, i, conditions.length)),
    conditions: Object.fromEntries(named.map((each, i) => [NAMES[i], each])),
    lists: LISTS,
    accounts: ACCOUNTS,
    config: DEFAULT_CONFIG,
    version: '000000000000',
  };
}

function ruleOf(conditions: Condition, index: number, count: number): Rule {
  const params = [
    { Confidence: index },
    { Note: { Text: `n${index}` } },
    { Workflow: { Status: 'NOTIFIED' as const } },
  ];
  return {
    name: `rule-${index}`,
    owner: '@acme/secops',
    mode: index % 3 === 2 ? 'observe' : 'enforce',
    priority: count - index,
    conditions,
    event: { type: 'update', params: params[index % params.length] ?? {} },
    ...(index % 4 === 3 && { expires: '2026-06-15' }),
    ...(index % 7 === 5 && { stop: true }),
  };
}

/** A whole case. */
export const someCase: fc.Arbitrary<Case> = fc
  .record({
    parts,
    last: fc.array(ungapped, { maxLength: 1 }),
    dense: fc.oneof(fc.constant([]), denseRules),
    recipes: fc.array(recipe, { minLength: 1, maxLength: 14, size: 'max' }),
  })
  .map(({ parts: { conditions: first, named }, last, dense, recipes }) => {
    const conditions = [...first, ...last, ...dense];
    const ruleset = rulesetOf(conditions, named);
    return { conditions, named, sightings: recipes.map((each) => sightingOf(ruleset, each)) };
  });

/** Recipes for findings of a ruleset that is not drawn with them. */
export const someRecipe: fc.Arbitrary<Recipe> = recipe;

/** Makes the finding of a recipe. */
export function sightingOf(ruleset: Ruleset, { targets, slips, strays, nowMs }: Recipe): Sighting {
  const finding: Record<string, unknown> = { Id: 'finding', ProductArn: 'arn', AwsAccountId: '111122223333' };
  const event: Record<string, unknown> = { detailType: 'Security Hub Findings - Imported' };
  const wishes = targets.flatMap(({ rule, wanted, n }) => {
    const { conditions } = ruleset.rules[rule % ruleset.rules.length] as Rule;
    return wishesFor(conditions, wanted, n, ruleset.conditions).map((wish) => ({ wish, n }));
  });
  for (const [i, { wish, n }] of wishes.entries()) {
    const slip = slips.find((each) => each.wish === i);
    const value = drawnAt(wish.value, nowMs);
    grant(
      { fact: wish.fact, value: slip === undefined ? value : twist(value, slip.how) },
      finding,
      event,
      n,
      nowMs,
    );
  }
  const facts = [...SINGLE_FACTS, ...LIST_FACTS, ...ODD_FACTS];
  for (const { fact, value } of strays)
    grant({ fact: facts[fact % facts.length] ?? 'Title', value }, finding, event, fact, nowMs);
  // What findings are: JSON, which shares no object with the rules and has nothing that is undefined.
  return {
    finding: JSON.parse(JSON.stringify(finding)),
    event: JSON.parse(JSON.stringify(event)) as TriageEvent,
    nowMs,
  };
}

function grant(
  { fact, value }: Wish,
  finding: Record<string, unknown>,
  event: Record<string, unknown>,
  n: number,
  nowMs: number,
): void {
  if (fact.startsWith('event.')) event[fact.slice('event.'.length)] = value;
  else if (fact.startsWith('account.'))
    finding.AwsAccountId = accountWith(fact.slice('account.'.length), value, n);
  else if (fact === 'ageDays') finding.CreatedAt = instantAt(nowMs - Number(value) * 86_400_000);
  else if (!fact.startsWith('lists.')) put(finding, fact, value, n);
}

function accountWith(key: string, value: unknown, n: number): string {
  const wanted = JSON.stringify(value);
  const ids = Object.keys(ACCOUNTS);
  const known = ids.find((id) => JSON.stringify(ACCOUNTS[id]?.[key]) === wanted);
  return known ?? ids[n % ids.length] ?? '';
}

/** What the engine is asked of a sighting. */
export function subjectOfSighting({ finding, event, nowMs }: Sighting): Subject {
  return subjectOf(finding, event, nowMs);
}

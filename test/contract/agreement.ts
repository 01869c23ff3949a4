import { type Branch, branchesOf } from '../../lib/rules/engine/candidates/demand.ts';
import { type IndexEntries, indexEntriesOf } from '../../lib/rules/engine/candidates/index-entries.ts';
import {
  type CompiledRule,
  type CompiledRuleset,
  compileRuleset,
} from '../../lib/rules/engine/compiled-ruleset.ts';
import type { Subject } from '../../lib/rules/engine/fact.ts';
import type { Condition, Rule } from '../../lib/rules/rule.ts';
import type { Ruleset } from '../../lib/rules/ruleset.ts';
import { holds } from '../reference/conditions.ts';
import { factsOf } from '../reference/facts.ts';
import { isSomeBranchMet } from './demands.ts';
import { type Case, rulesetOf, type Sighting, subjectOfSighting } from './generate/case.ts';
import { plainEngine, type Verdict } from './plain-engine.ts';
import { isReadable } from './readable.ts';
import { count, type Spread, wordsOf } from './spread.ts';

/** A rule in every form in which it can be asked. */
interface Asked {
  readonly compiled: CompiledRule;
  readonly isReadable: boolean;
  readonly branches: readonly Branch[];
  readonly words: ReadonlySet<string>;
  /** By the instant. */
  readonly plain: Map<number, ReturnType<typeof plainEngine>>;
}

/**
 * Judges each rule of a case on each finding in every way there is, and throws where two differ: json-rules-engine by
 * itself, `confirm`, `judge`, the index (which may name more), what it takes to be demanded by a rule that holds, and
 * the independent reference.
 */
export async function requireAgreement(
  { conditions, named, sightings }: Case,
  spread: Spread,
): Promise<void> {
  const ruleset = rulesetOf(conditions, named);
  const compiled = compileRuleset(ruleset);
  // As the asset ships it: worked out beforehand and written as JSON.
  const entries = JSON.parse(JSON.stringify(indexEntriesOf(ruleset))) as IndexEntries;
  const shipped = compileRuleset({ ...ruleset }, entries);
  const candidates = candidatesOf(compiled, shipped, sightings.map(subjectOfSighting));
  const rules = compiled.rules.map(
    (each): Asked => ({
      compiled: each,
      isReadable: isReadable(each.rule.conditions, ruleset),
      branches: branchesOf(each.rule.conditions, ruleset),
      words: wordsOf(each.rule.conditions, ruleset),
      plain: new Map(),
    }),
  );
  for (const [i, sighting] of sightings.entries()) {
    const subject = subjectOfSighting(sighting);
    // All at once: what rules share must not carry anything from one to another.
    const confirmed = await Promise.all(rules.map((rule) => settled(rule.compiled.confirm(subject))));
    for (const [r, asked] of rules.entries()) {
      const isCandidate = candidates[i]?.has(asked.compiled) === true;
      const expected = await askPlainly(asked, ruleset, sighting.nowMs, subject);
      const verdicts = {
        confirm: confirmed[r],
        judge: await settled(asked.compiled.judge(subject).then(({ matched }) => matched)),
        index: isCandidate || !mustBeCandidate(asked.compiled.rule, expected) ? expected : false,
        demands:
          expected !== true
            ? expected
            : isSomeBranchMet(asked.branches, (fact) => compiled.readFact(fact, subject), sighting.nowMs),
        reference:
          asked.isReadable && expected !== 'threw'
            ? referenceHolds(asked.compiled.rule, ruleset, sighting)
            : expected,
      };
      requireSame(verdicts, expected, asked.compiled.rule, ruleset, sighting);
      count(spread, asked.words, expected === true);
      spread.referred += Number(asked.isReadable);
      spread.threw += Number(expected === 'threw');
      spread.demanding += Number(expected === true && asked.branches.every((demands) => demands.length > 0));
      spread.spare += Number(expected === false && isCandidate);
    }
  }
}

/** The index is built as it is asked: what it says must not depend on what it was asked before. */
function candidatesOf(
  compiled: CompiledRuleset,
  shipped: CompiledRuleset,
  subjects: readonly Subject[],
): readonly ReadonlySet<CompiledRule>[] {
  const first = subjects.map((subject) => compiled.candidatesFor(subject));
  const again = subjects.toReversed().map((subject) => shipped.candidatesFor(subject));
  const third = subjects.map((subject) => compiled.candidatesFor(subject));
  const names = (found: readonly CompiledRule[] | undefined) => found?.map(({ rule }) => rule.name).join();
  for (const [i, found] of first.entries()) {
    if (names(found) !== names(again.at(-1 - i)))
      throw new Error(`The index says ${names(found)}, and then ${names(again.at(-1 - i))}.`);
    if (names(found) !== names(third[i]))
      throw new Error(`The index says ${names(found)}, and asked again ${names(third[i])}.`);
    const numbers = found.map((rule) => compiled.rules.indexOf(rule));
    if (numbers.some((number, at) => number <= (numbers[at - 1] ?? -1)))
      throw new Error(`The index names candidates twice, or not in winning order: ${numbers.join()}.`);
  }
  return first.map((found) => new Set(found));
}

async function askPlainly(
  { compiled, plain }: Asked,
  ruleset: Ruleset,
  nowMs: number,
  subject: Subject,
): Promise<Verdict> {
  const engine = plain.get(nowMs) ?? plainEngine(compiled.rule, ruleset, nowMs);
  plain.set(nowMs, engine);
  return engine(subject);
}

function referenceHolds(rule: Rule, ruleset: Ruleset, { finding, event, nowMs }: Sighting): boolean {
  const view = finding as Parameters<typeof factsOf>[0];
  const fact = factsOf(view, event, ruleset, nowMs);
  return holds(rule.conditions, { fact, named: ruleset.conditions, nowMs });
}

/** What matches; and what makes the engine throw, which is for the engine to say, where nothing else rules it out. */
function mustBeCandidate({ conditions }: Rule, verdict: Verdict): boolean {
  return verdict === true || (verdict === 'threw' && isAlone(conditions));
}

function isAlone(condition: Condition): boolean {
  if ('not' in condition) return isAlone(condition.not);
  if ('fact' in condition)
    return /^(?:not:)*(?:(?:some|every)Value:)?(?:in|notIn|equal)$/.test(condition.operator);
  if ('condition' in condition) return false;
  const [only, ...others] = 'all' in condition ? condition.all : condition.any;
  return only !== undefined && others.length === 0 && isAlone(only);
}

async function settled(verdict: Promise<boolean>): Promise<Verdict> {
  try {
    return await verdict;
  } catch {
    return 'threw';
  }
}

function requireSame(
  verdicts: Readonly<Record<string, Verdict | undefined>>,
  expected: Verdict,
  { conditions }: Rule,
  { conditions: shared }: Ruleset,
  sighting: Sighting,
): void {
  const wrong = Object.entries(verdicts).find(([, verdict]) => verdict !== expected);
  if (wrong === undefined) return;
  const named = JSON.stringify(conditions).includes('"condition"') ? { shared } : {};
  const shown = JSON.stringify({ conditions, ...named, ...sighting });
  throw new Error(`${wrong[0]} says ${wrong[1]} where the engine says ${expected}: ${shown}`);
}

import { Engine, type TopLevelCondition } from 'json-rules-engine';
import { createElementOperators } from '../../lib/rules/engine/element-operators.ts';
import { createOperators } from '../../lib/rules/engine/engine-operators.ts';
import { readerOf, type Subject } from '../../lib/rules/engine/fact.ts';
import type { Condition, Rule } from '../../lib/rules/rule.ts';
import type { Ruleset } from '../../lib/rules/ruleset.ts';

/** Whether a rule holds on a subject; `threw` where the engine rejects. */
export type Verdict = boolean | 'threw';

/**
 * json-rules-engine by its documented API alone: one engine, one rule, facts, operators, Engine#run. Subjects are asked
 * one after another, all of the same instant (ms since 1970).
 */
export function plainEngine(
  rule: Rule,
  ruleset: Ruleset,
  nowMs: number,
): (subject: Subject) => Promise<Verdict> {
  const { name, priority, conditions, event } = rule;
  const engine = new Engine([{ name, priority, conditions: conditions as TopLevelCondition, event }], {
    allowUndefinedFacts: true,
  });
  let subject: Subject = { member: () => undefined, event: { detailType: '' }, nowMs };
  const ofNothing = { ...subject };
  for (const operator of createOperators(nowMs)) engine.addOperator(operator);
  const listOf = (fact: string) => readerOf(fact, ruleset)(ofNothing);
  for (const operator of createElementOperators(engine, listOf)) engine.addOperator(operator);
  for (const [shared, condition] of Object.entries(ruleset.conditions))
    engine.setCondition(shared, condition as TopLevelCondition);
  for (const fact of factsOf([conditions, ...Object.values(ruleset.conditions)])) {
    const read = fact.startsWith('lists.') ? plainList(fact, ruleset, nowMs) : readerOf(fact, ruleset);
    engine.addFact(fact, () => read(subject), { cache: false });
  }
  return async (next) => {
    subject = next;
    try {
      return (await engine.run()).events.length > 0;
    } catch {
      return 'threw';
    }
  };
}

/** Lists as plain arrays, not as the product keeps them. */
function plainList(fact: string, { lists }: Ruleset, nowMs: number): () => readonly string[] {
  const entries = lists[fact.slice('lists.'.length)] ?? [];
  const values = entries
    .filter(({ until }) => until === undefined || nowMs < Date.parse(until) + 86_400_000)
    .map(({ value }) => value);
  return () => values;
}

function factsOf(conditions: readonly Condition[]): ReadonlySet<string> {
  const facts = new Set<string>();
  const visit = (condition: Condition): void => {
    if ('all' in condition) condition.all.forEach(visit);
    else if ('any' in condition) condition.any.forEach(visit);
    else if ('not' in condition) visit(condition.not);
    else if ('fact' in condition) {
      facts.add(condition.fact);
      const { value } = condition;
      if (value !== null && typeof value === 'object' && 'fact' in value) facts.add(String(value.fact));
    }
  };
  conditions.forEach(visit);
  return facts;
}

import { Engine, Operator, type TopLevelCondition } from 'json-rules-engine';
import type { Condition } from '../../../lib/rules/rule.ts';
import { expressionOfGlob } from './comparison.ts';
import type { BuildMatcher } from './matcher.ts';

/**
 * json-rules-engine by itself, as its documentation shows it: one engine holds all rules, the finding is one fact,
 * conditions read it by JSONPath, texts are compared by operators of one's own. Engine#run asks every rule.
 */
export const buildPlainEngine: BuildMatcher = (ruleset) => {
  const engine = new Engine([], { allowUndefinedFacts: true });
  const expressions = new Map<string, RegExp>();
  const matches = (text: string, source: string): boolean => {
    const expression = expressions.get(source) ?? new RegExp(`^(?:${source})$`, 's');
    expressions.set(source, expression);
    return expression.test(text);
  };
  const isText = (value: unknown): boolean => typeof value === 'string';
  engine.addOperator(
    new Operator<string, string>('startsWith', (text, value) => text.startsWith(value), isText),
  );
  engine.addOperator(new Operator<string, string>('matches', matches, isText));
  engine.addOperator(
    new Operator<string, string>('glob', (text, value) => matches(text, expressionOfGlob(value)), isText),
  );
  for (const [name, entries] of Object.entries(ruleset.lists))
    engine.addFact(
      `lists.${name}`,
      entries.map(({ value }) => value),
    );
  for (const { name, priority, conditions } of ruleset.rules)
    engine.addRule({
      name,
      priority,
      conditions: byPath(conditions) as TopLevelCondition,
      event: { type: 'match', params: { name } },
    });
  return async (finding) => {
    const { events } = await engine.run({ finding });
    return events.map(({ params }) => String(params?.name));
  };
};

function byPath(condition: Condition): unknown {
  if ('all' in condition) return { all: condition.all.map(byPath) };
  if ('any' in condition) return { any: condition.any.map(byPath) };
  if ('not' in condition) return { not: byPath(condition.not) };
  if ('condition' in condition) return condition;
  const { fact, operator, value } = condition;
  return { fact: 'finding', path: `$.${fact}`, operator, value };
}

import { LogicEngine } from 'json-logic-engine';
import { type Comparison, type Writer, writeCondition } from './comparison.ts';
import { type BuildMatcher, namesWhere } from './matcher.ts';

type Logic = Readonly<Record<string, unknown>> | boolean;

/** json-logic-engine, every rule built into a function; texts are compared by a method of one's own. */
export const buildJsonLogic: BuildMatcher = (ruleset) => {
  const engine = new LogicEngine();
  const expressions = new Map<string, RegExp>();
  engine.addMethod(
    'matches',
    ([text, source]: readonly [unknown, string]) => {
      const expression = expressions.get(source) ?? new RegExp(source, 's');
      expressions.set(source, expression);
      return typeof text === 'string' && expression.test(text);
    },
    { deterministic: true },
  );
  engine.addMethod(
    'startsWith',
    ([text, start]: readonly [unknown, string]) => typeof text === 'string' && text.startsWith(start),
    { deterministic: true },
  );
  const built = ruleset.rules.map(({ name, conditions }) => ({
    name,
    holds: engine.build(writeCondition(conditions, ruleset, WRITER)) as (finding: unknown) => unknown,
  }));
  return (finding) => namesWhere(built, ({ holds }) => Boolean(holds(finding)));
};

const WRITER: Writer<Logic> = {
  all: (conditions) => ({ and: conditions }),
  any: (conditions) => ({ or: conditions }),
  not: (condition) => ({ '!': [condition] }),
  comparison: ({ lists, members, quantifier, test }) => {
    const leaf = testLogic({ var: members.join('.') }, test);
    return lists.reduceRight<Logic>((inner, list) => {
      if (quantifier !== 'every') return { some: [{ var: list }, inner] };
      return { and: [{ var: list }, { all: [{ var: list }, inner] }] };
    }, leaf);
  },
};

function testLogic(value: Logic, test: Comparison['test']): Logic {
  switch (test.kind) {
    case 'equal':
      return { '===': [value, test.value] };
    case 'in':
      return { in: [value, test.values] };
    case 'lessThan':
      return { '<': [value, test.value] };
    case 'atMost':
      return { '<=': [value, test.value] };
    case 'greaterThan':
      return { '>': [value, test.value] };
    case 'atLeast':
      return { '>=': [value, test.value] };
    case 'startsWith':
      return { startsWith: [value, test.value] };
    case 'matches':
      return { matches: [value, `^(?:${test.value})$`] };
  }
}

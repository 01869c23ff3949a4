import { Environment } from '@marcbachmann/cel-js';
import { type Comparison, type Writer, writeCondition } from './comparison.ts';
import { type BuildMatcher, namesWhere } from './matcher.ts';

/** CEL (@marcbachmann/cel-js), every rule parsed once. */
export const buildCel: BuildMatcher = (ruleset) => {
  const environment = new Environment({
    // The library's own limits are for expressions of strangers.
    limits: { maxAstNodes: 1_000_000, maxListElements: 100_000 },
  }).registerVariable('f', 'map');
  const parsed = ruleset.rules.map(({ name, conditions }) => ({
    name,
    evaluate: environment.parse(writeCondition(conditions, ruleset, WRITER)),
  }));
  return (finding) => namesWhere(parsed, ({ evaluate }) => evaluate({ f: finding }) === true);
};

const joined = (conditions: readonly string[], by: string) =>
  conditions.map((condition) => `(${condition})`).join(` ${by} `);

const WRITER: Writer<string> = {
  all: (conditions) => joined(conditions, '&&'),
  any: (conditions) => joined(conditions, '||'),
  not: (condition) => `!(${condition})`,
  comparison: (comparison) => expressionOn('f', comparison.lists, comparison),
};

/** A member that is missing is an error in CEL, so each is asked for before it is read. */
function expressionOn(root: string, lists: readonly string[], comparison: Comparison): string {
  const [list, ...inner] = lists;
  if (list === undefined) {
    const { members, test } = comparison;
    const present = members.map(
      (_member, depth) => `has(${[root, ...members.slice(0, depth + 1)].join('.')})`,
    );
    return [...present, testExpression([root, ...members].join('.'), test)].join(' && ');
  }
  const macro = comparison.quantifier === 'every' ? 'all' : 'exists';
  const variable = `e${lists.length}`;
  const elements = `${root}.${list}`;
  return `has(${elements}) && ${elements}.${macro}(${variable}, ${expressionOn(variable, inner, comparison)})`;
}

function testExpression(value: string, test: Comparison['test']): string {
  switch (test.kind) {
    case 'equal':
      return `${value} == ${literal(test.value)}`;
    case 'in':
      return `${value} in [${test.values.map(literal).join(', ')}]`;
    case 'lessThan':
      return `${value} < ${literal(test.value)}`;
    case 'atMost':
      return `${value} <= ${literal(test.value)}`;
    case 'greaterThan':
      return `${value} > ${literal(test.value)}`;
    case 'atLeast':
      return `${value} >= ${literal(test.value)}`;
    case 'startsWith':
      return `${value}.startsWith(${literal(test.value)})`;
    case 'matches':
      return `${value}.matches(${literal(`^(?:${test.value})$`)})`;
  }
}

/** Numbers of JavaScript are doubles in CEL, and 40 would be an integer. */
function literal(value: string | number): string {
  if (typeof value === 'string') return JSON.stringify(value);
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

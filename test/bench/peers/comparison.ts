import type { Condition, LeafCondition } from '../../../lib/rules/rule.ts';
import type { Ruleset } from '../../../lib/rules/ruleset.ts';

/** What a leaf condition of the workload asks, without our notation: what each peer's language is written from. */
export interface Comparison {
  /** The lists on the way, from the outside in: `['Vulnerabilities', 'Cvss']`. */
  readonly lists: readonly string[];
  /** The members below the innermost list, or below the finding. */
  readonly members: readonly string[];
  /** `one` where there is no list on the way. */
  readonly quantifier: 'one' | 'some' | 'every';
  readonly test: Test;
}

export type Test =
  | { readonly kind: 'equal'; readonly value: string | number }
  | { readonly kind: 'in'; readonly values: readonly string[] }
  | { readonly kind: 'lessThan' | 'atMost' | 'greaterThan' | 'atLeast'; readonly value: number }
  | { readonly kind: 'startsWith'; readonly value: string }
  /** The source of an expression that the whole text has to match. */
  | { readonly kind: 'matches'; readonly value: string };

/** Reads a leaf of a generated rule; throws for what generated rules do not use, so that no peer is spared work. */
export function readComparison(leaf: LeafCondition, ruleset: Ruleset): Comparison {
  const path = leaf.fact.split('[*].');
  const operator = leaf.operator === 'contains' ? 'someFact:equal' : leaf.operator;
  const [decorator, name] = operator.includes(':') ? operator.split(':') : ['', operator];
  const quantifier = QUANTIFIERS[decorator ?? ''];
  if (quantifier === undefined || (quantifier === 'one') !== (path.length === 1))
    throw new Error(`No peer was taught ${leaf.operator} on ${leaf.fact}`);
  return {
    lists: path.slice(0, -1),
    members: (path.at(-1) ?? '').split('.'),
    quantifier,
    test: testOf(name ?? '', leaf.value, ruleset),
  };
}

const QUANTIFIERS: Readonly<Record<string, Comparison['quantifier']>> = {
  '': 'one',
  someFact: 'some',
  everyFact: 'every',
};

function testOf(operator: string, value: unknown, ruleset: Ruleset): Test {
  if (operator === 'in') return { kind: 'in', values: valuesOf(value, ruleset) };
  if (operator === 'equal' && (typeof value === 'string' || typeof value === 'number'))
    return { kind: 'equal', value };
  const bound = BOUNDS[operator];
  if (bound !== undefined && typeof value === 'number') return { kind: bound, value };
  if (typeof value === 'string') {
    if (operator === 'startsWith') return { kind: 'startsWith', value };
    if (operator === 'matches') return { kind: 'matches', value };
    if (operator === 'glob') return { kind: 'matches', value: expressionOfGlob(value) };
  }
  throw new Error(`No peer was taught ${operator} with ${JSON.stringify(value)}`);
}

const BOUNDS: Readonly<Record<string, 'lessThan' | 'atMost' | 'greaterThan' | 'atLeast'>> = {
  lessThan: 'lessThan',
  lessThanInclusive: 'atMost',
  greaterThan: 'greaterThan',
  greaterThanInclusive: 'atLeast',
};

function valuesOf(value: unknown, ruleset: Ruleset): readonly string[] {
  if (Array.isArray(value)) return value;
  const name = String((value as { readonly fact: string }).fact).replace('lists.', '');
  return (ruleset.lists[name] ?? []).map((entry) => entry.value);
}

export function expressionOfGlob(glob: string): string {
  return glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
}

export function literalExpression(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** How a peer writes each kind of condition. */
export interface Writer<Written> {
  all(conditions: readonly Written[]): Written;
  any(conditions: readonly Written[]): Written;
  not(condition: Written): Written;
  comparison(comparison: Comparison): Written;
}

export function writeCondition<Written>(
  condition: Condition,
  ruleset: Ruleset,
  writer: Writer<Written>,
): Written {
  const write = (inner: Condition) => writeCondition(inner, ruleset, writer);
  if ('all' in condition) return writer.all(condition.all.map(write));
  if ('any' in condition) return writer.any(condition.any.map(write));
  if ('not' in condition) return writer.not(write(condition.not));
  if ('condition' in condition) throw new Error('Generated rules share no conditions');
  return writer.comparison(readComparison(condition, ruleset));
}

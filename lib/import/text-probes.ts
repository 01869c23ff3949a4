import type { Probe } from './tree.ts';

/** How a source compares texts; all of them tell upper and lower case apart. */
export type TextComparison = 'EQUALS' | 'PREFIX' | 'CONTAINS';

/** A fact that holds a text, or with `list` several, and the values it can have where they are known. */
export interface TextFact {
  readonly fact: string;
  readonly list: boolean;
  readonly enum?: readonly string[] | undefined;
}

const OPERATORS = { EQUALS: 'equal', PREFIX: 'startsWith', CONTAINS: 'includes' } as const;

/** Asks whether the fact, or one of several, compares so with one of the values. */
export function someText(at: TextFact, comparison: TextComparison, values: readonly string[]): Probe {
  const [hit = ''] = values;
  return {
    leaf: { fact: at.fact, ...comparisonOf(at, comparison, values) },
    hit,
    miss: otherThan(values, at.enum),
  };
}

/** Asks that it compares so with none of them; true where the fact is missing. */
export function noText(at: TextFact, comparison: TextComparison, values: readonly string[]): Probe {
  const { leaf, hit, miss } = someText(at, comparison, values);
  const { operator, value } = leaf;
  const plain = { equal: 'notEqual', in: 'notIn' }[operator];
  return { leaf: { fact: at.fact, operator: plain ?? `not:${operator}`, value }, hit: miss, miss: hit };
}

function comparisonOf(
  { list }: TextFact,
  comparison: TextComparison,
  values: readonly string[],
): { readonly operator: string; readonly value: string | readonly string[] } {
  const some = list ? 'someFact:' : '';
  const operator = OPERATORS[comparison];
  const [only = '', second] = values;
  if (second === undefined) return { operator: `${some}${operator}`, value: only };
  if (operator === 'equal') return { operator: `${some}in`, value: values };
  return { operator: `${some}someValue:${operator}`, value: values };
}

/** A text that none of the values equals, begins or is part of; invented accounts for accounts. */
function otherThan(values: readonly string[], allowed: readonly string[] | undefined): string {
  const accounts = ['444455556666', '777788889999', '111122223333'];
  const texts = ['something-else', 'another', 'nothing', '0'];
  const isAccount = values.every((value) => /^\d{12}$/.test(value));
  const candidates = allowed ?? (isAccount ? accounts : texts);
  return candidates.find((text) => !values.some((value) => text.includes(value))) ?? 'something-else';
}

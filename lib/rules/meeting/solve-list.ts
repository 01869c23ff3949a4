import { type Literal, readLiteral, withoutDecorator } from './literal.ts';
import { scalarValues } from './scalar-values.ts';
import { type Solution, UNKNOWN } from './solution.ts';
import type { Domain, Space } from './space.ts';

/** Whether a literal asks something of one element (`some`), of all of them (`every`), or of the list itself. */
type Reach = 'some' | 'every' | 'list';

/**
 * Looks for a list of single values (`Types`). What all elements must fulfil shrinks what can be in the list, what one
 * must fulfil only asks for another element: so the list of one element for each such literal decides the matter.
 */
export function solveList(
  fact: string,
  domain: Domain,
  literals: readonly Literal[],
  space: Space,
): Solution {
  const reaches = literals.map((literal) => ({ literal, reach: reachOf(literal) }));
  const onElements = reaches.filter(({ reach }) => reach !== 'list').map(({ literal }) => onElement(literal));
  const { values, complete } = scalarValues(onElements, { ...domain, list: false, required: true }, space);
  const holds = ({ leaf, holds: wanted }: Literal, value: unknown) => space.judge(leaf, value) === wanted;
  const every = reaches.filter(({ reach }) => reach === 'every').map(({ literal }) => literal);
  const some = reaches.filter(({ reach }) => reach === 'some').map(({ literal }) => literal);
  const allowed = values.filter((value) => every.every((literal) => holds(literal, [value])));
  const chosen = some.map((literal) => allowed.find((value) => holds(literal, [value])));
  const lists = [chosen.filter((value) => value !== undefined), allowed.slice(0, 1), []];
  const found = lists.find(
    (list) => list.length > 0 && literals.every((literal) => holds(literal, [...new Set(list)])),
  );
  if (found !== undefined) return { can: 'yes', values: new Map([[fact, [...new Set(found)]]]) };
  if (!domain.required && literals.every((literal) => holds(literal, undefined)))
    return { can: 'yes', values: new Map() };
  if (literals.every((literal) => holds(literal, []))) return { can: 'yes', values: new Map([[fact, []]]) };
  const exact = complete && reaches.every(({ literal }) => isExact(literal));
  return exact ? { can: 'no', clash: literals } : UNKNOWN;
}

/** Only one decorator for elements, or an operator on lists, is taken apart. */
function isExact(literal: Literal): boolean {
  const { decorators, operator } = readLiteral(literal);
  if (operator === 'exists') return decorators.length === 0;
  if (operator === 'contains' || operator === 'doesNotContain') return decorators.length === 0;
  return decorators[0] === 'someFact' || decorators[0] === 'everyFact';
}

function reachOf(literal: Literal): Reach {
  const { decorators, operator, holds } = readLiteral(literal);
  if (operator === 'contains') return holds ? 'some' : 'every';
  if (operator === 'doesNotContain') return holds ? 'every' : 'some';
  if (decorators[0] === 'someFact') return outerNots(literal) ? 'some' : 'every';
  if (decorators[0] === 'everyFact') return outerNots(literal) ? 'every' : 'some';
  return 'list';
}

/** Whether the literal holds once only the `not:` before its first other decorator are counted. */
export function outerNots({ leaf, holds }: Literal): boolean {
  const before = leaf.operator.split(':').findIndex((part) => part !== 'not');
  return holds === (before % 2 === 0);
}

/** The same literal as one element has to fulfil it (or to fail it). */
function onElement(literal: Literal): Literal {
  const { operator } = readLiteral(literal);
  const { leaf } = literal;
  const plain =
    operator === 'contains' || operator === 'doesNotContain'
      ? leaf.operator.replace(/contains|doesNotContain/, operator === 'contains' ? 'equal' : 'notEqual')
      : withoutDecorator(leaf.operator);
  return { ...literal, leaf: { ...leaf, operator: plain } };
}

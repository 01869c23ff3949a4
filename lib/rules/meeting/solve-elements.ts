import { compileGetter, parsePath } from '../../findings/path.ts';
import type { TypeRef } from '../../findings/type-ref.ts';
import type { LeafCondition } from '../rule.ts';
import { type Clause, clausesAt, type Literal, readLiteral, withoutDecorator } from './literal.ts';
import { type Assignment, type Solution, UNKNOWN } from './solution.ts';
import { solveClause } from './solve-clause.ts';
import { outerNots } from './solve-list.ts';
import type { Space } from './space.ts';
import { objectOf } from './write-path.ts';

export interface ElementList {
  /** The path of the list. */
  readonly list: string;
  readonly element: TypeRef;
  readonly required: boolean;
}

/** What one element, or every element, has to fulfil: one of these clauses, of facts relative to the element. */
interface Demand {
  readonly reach: 'some' | 'every';
  readonly clauses: readonly Clause[];
  /** Of `[0]`: these are asked of the first element together. */
  readonly first: boolean;
}

const MAX_COMBINATIONS = 64;

/**
 * Looks for a list of structures (`Resources`) on which blocks on elements and facts through `[*]` hold: an element
 * for each that one element must fulfil, each fulfilling what all must. The engine judges the list that comes out.
 */
export function solveElements(listed: ElementList, literals: readonly Literal[], space: Space): Solution {
  const solution = solveFilled(listed, literals, space);
  if (solution.can === 'yes' || listed.required) return solution;
  // What asks for no element may hold where there is none.
  const empty = [undefined, []].find((tried) => fulfils(tried, listed.list, literals, space));
  if (empty !== undefined) return { can: 'yes', values: new Map([[listed.list, empty]]) };
  return fulfils(undefined, listed.list, literals, space) ? { can: 'yes', values: new Map() } : solution;
}

/** The same for lists that have an element at least. */
function solveFilled(
  { list, element, required }: ElementList,
  literals: readonly Literal[],
  space: Space,
): Solution {
  const onList = literals.filter(({ leaf }) => leaf.fact === list && leaf.operator === 'exists');
  if (required && onList.some(({ leaf, holds }) => (leaf.value === true) !== holds))
    return { can: 'no', clash: onList };
  const demands = literals
    .filter((literal) => !onList.includes(literal))
    .map((literal) => demandOf(literal, list, element, space));
  if (demands.some((demand) => demand === null)) return UNKNOWN;
  const known = demands.filter((demand) => demand !== null);
  const every = known.filter(({ reach }) => reach === 'every').map(({ clauses }) => clauses);
  const some = groupFirst(known.filter(({ reach }) => reach === 'some'));
  const elements: Readonly<Record<string, unknown>>[] = [];
  for (const clauses of some.length > 0 ? some : [[[]]]) {
    const solution = solveOne([clauses, ...every], element, space);
    if (solution.can === 'no') return { can: 'no', clash: literals };
    if (solution.can === 'unknown') return UNKNOWN;
    if (solution.can === 'yes') elements.push(objectOf(solution.values));
  }
  return fulfils(elements, list, literals, space)
    ? { can: 'yes', values: new Map([[list, elements]]) }
    : UNKNOWN;
}

function fulfils(elements: unknown, list: string, literals: readonly Literal[], space: Space): boolean {
  const root = elements === undefined ? {} : objectOf(new Map([[list, elements]]));
  return literals.every(({ leaf, holds }) => {
    const path = parsePath(leaf.fact);
    return path !== null && space.judge(leaf, compileGetter(path)(root)) === holds;
  });
}

/** One element that fulfils a clause of each demand. */
function solveOne(demands: readonly (readonly Clause[])[], element: TypeRef, space: Space): Solution {
  let combinations: readonly Clause[] = [[]];
  for (const clauses of demands) {
    combinations = combinations.flatMap((clause) => clauses.map((other) => [...clause, ...other]));
    if (combinations.length > MAX_COMBINATIONS) return UNKNOWN;
  }
  let unknown = false;
  for (const clause of combinations) {
    const solution = solveClause(clause, space, element);
    if (solution.can === 'yes') return withRequired(solution.values, element);
    if (solution.can === 'unknown') unknown = true;
  }
  return unknown ? UNKNOWN : { can: 'no', clash: [] };
}

function withRequired(values: Assignment, element: TypeRef): Solution {
  if (element !== 'Resource') return { can: 'yes', values };
  return { can: 'yes', values: new Map([['Type', 'Other'], ['Id', 'arn:aws:example:::any'], ...values]) };
}

function groupFirst(demands: readonly Demand[]): readonly (readonly Clause[])[] {
  const first = demands.filter((demand) => demand.first).map(({ clauses }) => clauses);
  const joined = first.reduce<readonly Clause[]>(
    (all, clauses) => all.flatMap((clause) => clauses.map((other) => [...clause, ...other])),
    [[]],
  );
  const rest = demands.filter((demand) => !demand.first).map(({ clauses }) => clauses);
  return first.length > 0 ? [joined, ...rest] : rest;
}

function demandOf(literal: Literal, list: string, element: TypeRef, space: Space): Demand | null {
  const { leaf } = literal;
  if (leaf.fact === list) return demandOfBlock(literal, space);
  const [, index, rest] = /^\[(\*|\d+)\]\.?(.*)$/s.exec(leaf.fact.slice(list.length)) ?? [];
  if (index === undefined || rest === undefined || rest === '') return null;
  const inner = (operator: string, holds: boolean): Clause => [
    { ...literal, leaf: { ...leaf, fact: rest, operator }, holds },
  ];
  if (index === '0') return { reach: 'some', clauses: [inner(leaf.operator, literal.holds)], first: true };
  if (index !== '*') return null;
  const { decorators, operator, holds } = readLiteral(literal);
  const demand = (reach: Demand['reach'], ...clauses: Clause[]): Demand => ({ reach, clauses, first: false });
  if (operator === 'exists') return demandOfPresence(literal, inner, demand);
  // Below the element there is a list again: the operator goes on as it is, and one element answers.
  const deeper = space.domainOf(rest, element)?.list === true;
  const counted = stripNots(leaf.operator);
  const plain = deeper ? counted : withoutDecorator(counted);
  // `[*]` leaves out the elements that lack the member: they answer no question, whatever it is.
  const presence = (holds: boolean): Clause =>
    inner('exists', holds).map((part) => ({ ...part, leaf: { ...part.leaf, value: true } }));
  const [present, missing] = [presence(true), presence(false)];
  if (operator === 'contains' && decorators.length === 0)
    return asContains(holds, deeper, leaf, inner, demand);
  if (decorators[0] === 'someFact') {
    return outerNots(literal)
      ? demand('some', [...inner(plain, true), ...present])
      : demand('every', inner(plain, false), missing);
  }
  if (decorators[0] !== 'everyFact') return null;
  return outerNots(literal) ? demand('every', inner(plain, true), missing) : null;
}

function asContains(
  holds: boolean,
  deeper: boolean,
  leaf: LeafCondition,
  inner: (operator: string, holds: boolean) => Clause,
  demand: (reach: Demand['reach'], ...clauses: Clause[]) => Demand,
): Demand {
  const operator = deeper ? stripNots(leaf.operator) : 'equal';
  return holds ? demand('some', inner(operator, true)) : demand('every', inner(operator, false));
}

function demandOfPresence(
  { leaf, holds }: Literal,
  inner: (operator: string, holds: boolean) => Clause,
  demand: (reach: Demand['reach'], ...clauses: Clause[]) => Demand,
): Demand | null {
  if (leaf.operator !== 'exists') return null;
  const present = (leaf.value === true) === holds;
  const clause = inner('exists', present).map((part) => ({ ...part, leaf: { ...part.leaf, value: true } }));
  return demand(present ? 'some' : 'every', clause);
}

function demandOfBlock(literal: Literal, space: Space): Demand | null {
  const { decorators, operator, holds } = readLiteral(literal);
  if (decorators.length > 0) return null;
  const all = operator === 'everyElement';
  if (operator !== 'anyElement' && operator !== 'noElement' && !all) return null;
  const wanted = (operator === 'noElement') !== holds;
  // Of anyElement and noElement the block holds on one element or on none; of everyElement on all or not on one.
  const reach = wanted === all ? 'every' : 'some';
  const clauses = clausesAt(literal.file, [...literal.path, 'value'], wanted, space.workspace);
  return clauses === null ? null : { reach, clauses, first: false };
}

/** Without the `not:` in front, which have been counted; those behind a decorator stay. */
function stripNots(operator: string): string {
  return operator.replace(/^(?:not:)+/, '');
}

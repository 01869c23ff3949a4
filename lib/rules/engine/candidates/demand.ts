import { EACH, parsePath } from '../../../findings/path.ts';
import type { Condition, LeafCondition } from '../../rule.ts';
import type { Ruleset } from '../../ruleset.ts';
import { entriesOf } from '../fact.ts';
import { beginningsOfNetwork } from './address.ts';
import type { Form } from './form.ts';
import { longestOf, type Runs, runsOfGlob, textsOfExpression } from './literals.ts';

/** How a fact is looked up: the value itself; the beginning, the end or any part of it as a text; or by its size as a number. */
export type DemandKind = 'value' | 'prefix' | 'suffix' | 'part' | 'atLeast' | 'atMost';

/** Something that must be so wherever a condition holds: the fact, looked up by its kind, is, has or reaches one of the literals. */
export interface Demand {
  readonly fact: string;
  /** The fact is looked up in this form of it. Literals stand as the rule has them, but for networks, instants and ages. */
  readonly as?: Form;
  /** The fact is a list, and some item of it is looked up. */
  readonly ofItem: boolean;
  readonly kind: DemandKind;
  readonly literals: readonly unknown[];
}

/** The same for demands that one lookup answers. */
export function keyOf({ fact, as, ofItem, kind }: Omit<Demand, 'literals'>): string {
  return `${kind} ${as} ${ofItem} ${fact}`;
}

/** One way for a condition to hold: all of these are so. An empty branch demands nothing. */
export type Branch = readonly Demand[];

/** More ways than this are told as one that demands nothing: the engine's and the test's work, not the index's. */
const MOST_BRANCHES = 12;
/** Larger sets of literals would be entered in the index one by one for each rule, and rule out little. */
const MOST_LITERALS = 512;
const NOTHING: readonly Branch[] = [[]];
const DAY_MS = 86_400_000;

/**
 * What must be so for a condition to hold, as alternatives. It says less than the condition, never more: where
 * nothing certain can be said the branch is empty. Lists count with every entry, lapsed ones too, so that the answer
 * is right at any instant.
 */
export function branchesOf(condition: Condition, ruleset: Ruleset): readonly Branch[] {
  return branches(condition, false, ruleset);
}

function branches(condition: Condition, negated: boolean, ruleset: Ruleset): readonly Branch[] {
  // The engine reads `any` and nothing else where both stand side by side, and takes an empty group as met.
  if ('any' in condition) return group(condition.any, !negated, negated, ruleset);
  if ('all' in condition) return group(condition.all, negated, negated, ruleset);
  if ('not' in condition) return branches(condition.not, !negated, ruleset);
  if ('condition' in condition) {
    const { condition: name } = condition;
    const shared = Object.hasOwn(ruleset.conditions, name) ? ruleset.conditions[name] : undefined;
    return shared === undefined ? NOTHING : branches(shared, negated, ruleset);
  }
  const demands = negated ? demandsOfOpposite(condition, ruleset) : demandsOf(condition, ruleset);
  return [demands];
}

function group(
  inner: readonly Condition[],
  isAny: boolean,
  negated: boolean,
  ruleset: Ruleset,
): readonly Branch[] {
  if (inner.length === 0) return NOTHING;
  const parts = inner.map((condition) => branches(condition, negated, ruleset));
  if (isAny) return alternatives(parts.flat());
  let product: readonly Branch[] = [[]];
  for (const part of parts) {
    // What would make too many ways is left out: fewer demands, still all true.
    if (product.length * part.length > MOST_BRANCHES) continue;
    product = product.flatMap((branch) => part.map((other) => [...branch, ...other]));
  }
  return product;
}

/** Many ways that all demand something of one fact become one way that demands any of it. */
function alternatives(ways: readonly Branch[]): readonly Branch[] {
  if (ways.some((way) => way.length === 0)) return NOTHING;
  if (ways.length <= 3) return ways;
  const [first, ...others] = ways as [Branch, ...Branch[]];
  for (const { literals: _, ...place } of first) {
    const key = keyOf(place);
    const same = [first, ...others].map((way) => way.find((demand) => keyOf(demand) === key));
    if (same.every((demand) => demand !== undefined)) {
      const literals = [...new Set(same.flatMap((demand) => demand.literals))];
      if (literals.length <= MOST_LITERALS) return [[{ ...place, literals }]];
    }
  }
  return ways.length <= MOST_BRANCHES ? ways : NOTHING;
}

/** What a comparison demands when it must not hold: only the opposites that the engine defines as such. */
function demandsOfOpposite({ fact, operator, value }: LeafCondition, ruleset: Ruleset): Branch {
  if (operator === 'notEqual') return demandsOf({ fact, operator: 'equal', value }, ruleset);
  if (operator === 'notIn') return demandsOf({ fact, operator: 'in', value }, ruleset);
  if (operator.startsWith('not:')) return demandsOf({ fact, operator: operator.slice(4), value }, ruleset);
  return [];
}

function demandsOf({ fact, operator, value }: LeafCondition, ruleset: Ruleset): Branch {
  const literal = literalOf(value, ruleset);
  if (literal === undefined) return [];
  if (operator === 'anyElement') return demandsOfElement(fact, value as Condition, ruleset);
  const parts = operator.split(':');
  const base = parts.pop() as string;
  let item = false;
  // Every item of a list that is never empty is also some item.
  if (parts[0] === 'someFact' || (parts[0] === 'everyFact' && isNeverEmpty(fact))) {
    item = true;
    parts.shift();
  }
  let literals: readonly unknown[] = [literal];
  if (parts[0] === 'someValue' && Array.isArray(literal)) {
    literals = literal;
    parts.shift();
  }
  if (parts.length > 0) return [];
  return demandsOfPlain(fact, base, literals, item);
}

/** `[*]` reads an empty list as missing; in the names of lists, of what is known of accounts, and of keys it is a text. */
function isNeverEmpty(fact: string): boolean {
  return !/^(?:lists|account)\./.test(fact) && parsePath(fact)?.segments.includes(EACH) === true;
}

function demandsOfPlain(
  fact: string,
  operator: string,
  literals: readonly unknown[],
  ofItem: boolean,
): Branch {
  const demand = (kind: DemandKind, wanted: readonly unknown[], as?: Form, item = ofItem): Branch =>
    wanted.length > 0 && wanted.length <= MOST_LITERALS
      ? [{ fact, ...(as !== undefined && { as }), ofItem: item, kind, literals: [...new Set(wanted)] }]
      : [];
  const texts: DemandTexts = (kind, wanted, as) =>
    wanted.every((text) => typeof text === 'string' && text !== '') ? demand(kind, wanted, as) : [];
  // Bounds that belong to the size or not are one: what is said of the bound itself is for the test to say.
  const sizes: DemandTexts = (kind, wanted, as) =>
    wanted.every(Number.isFinite) ? demand(kind, wanted, as) : [];
  switch (operator) {
    case 'equal':
      // A list is itself, and not what its entries are copied to here.
      return literals.some(Array.isArray) ? [] : demand('value', literals);
    case 'equalsIgnoreCase':
      return demand('value', literals.filter(isText), 'folded');
    case 'inCidr':
      return texts('prefix', literals.flat(1).filter(isText).flatMap(beginningsOfNetwork), 'address');
    case 'in':
      return literals.every(Array.isArray) ? demand('value', literals.flat(1)) : [];
    case 'contains':
      return ofItem ? [] : demand('value', literals, undefined, true);
    case 'startsWith':
      return [...texts('prefix', literals), ...texts('part', literals)];
    case 'endsWith':
      return [...texts('suffix', literals), ...texts('part', literals)];
    case 'includes':
      return texts('part', literals);
    case 'glob':
      return demandsOfRuns(
        literals.map((text) => runsOfGlob(String(text))),
        texts,
      );
    case 'matches':
      return demandsOfExpressions(literals.map(String), texts);
    case 'greaterThan':
    case 'greaterThanInclusive':
      return sizes('atLeast', literals);
    case 'lessThan':
    case 'lessThanInclusive':
      return sizes('atMost', literals);
    case 'after':
      return sizes('atLeast', literals.map(instantOf), 'instant');
    case 'before':
      return sizes('atMost', literals.map(instantOf), 'instant');
    case 'olderThanDays':
      return sizes('atLeast', literals.map(ageOf), 'age');
    case 'newerThanDays':
      return sizes('atMost', literals.map(ageOf), 'age');
    default:
      return [];
  }
}

/** The instant in ms since 1970; NaN of a text without its zone, which is another one wherever it is read. */
function instantOf(text: unknown): number {
  return isText(text) && /(?:^\d{4}-\d\d-\d\d|Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
}

function ageOf(days: unknown): number {
  return typeof days === 'number' ? days * DAY_MS : Number.NaN;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

type DemandTexts = (kind: DemandKind, wanted: readonly unknown[], as?: Form) => Branch;

function demandsOfExpressions(expressions: readonly string[], texts: DemandTexts): Branch {
  const read = expressions.map(textsOfExpression).filter((each) => each !== null);
  if (read.length < expressions.length) return [];
  // What is there with its letters as they stand is there without regard to them.
  const as = read.some(({ ignoresCase }) => ignoresCase) ? 'folded' : undefined;
  return demandsOfRuns(
    read.flatMap(({ alternatives }) => alternatives),
    (kind, wanted) => texts(kind, wanted, as),
  );
}

/** What one of some alternatives demands: each has a literal text at its beginning, at its end, or somewhere. */
function demandsOfRuns(all: readonly Runs[], texts: DemandTexts): Branch {
  const [first = []] = all;
  // Where they are alike, as those of one group are, those at the same place are what they have in common.
  const areAlike = all.every(({ length }) => length === first.length);
  const parts = areAlike ? first.map((_, place) => all.map((runs) => runs[place])) : [all.map(longestOf)];
  return [
    ...texts(
      'prefix',
      all.map((runs) => runs[0]),
    ),
    ...texts(
      'suffix',
      all.map((runs) => runs.at(-1)),
    ),
    ...parts.flatMap((wanted) => texts('part', wanted)),
  ];
}

/** What a block demands of one element is demanded of some element; only lists that are read whole are looked into. */
function demandsOfElement(fact: string, block: Condition, ruleset: Ruleset): Branch {
  const outer = parsePath(fact);
  if (outer === null || outer.segments.includes(EACH)) return [];
  // Named conditions are not followed within a block.
  const [only, ...others] = branches(block, false, { ...ruleset, conditions: {} }) as [Branch, ...Branch[]];
  if (others.length > 0) return [];
  // A list within the element would need an item of an item.
  return only
    .filter(({ fact: inner, ofItem }) => !ofItem && !inner.includes('[*]'))
    .map((demand) => ({ ...demand, ofItem: true, fact: `${fact}[*].${demand.fact}` }));
}

/** The rule's value with lists filled in; undefined where it is another fact, which may be anything. */
function literalOf(value: unknown, ruleset: Ruleset): unknown {
  if (value === null || typeof value !== 'object' || !('fact' in value)) return value ?? null;
  const fact = String(value.fact);
  if (!fact.startsWith('lists.')) return undefined;
  return entriesOf(fact, ruleset).map((entry) => entry.value);
}

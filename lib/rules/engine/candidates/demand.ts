import { EACH, parsePath } from '../../../findings/path.ts';
import type { Condition, LeafCondition } from '../../rule.ts';
import type { Ruleset } from '../../ruleset.ts';
import { entriesOf } from '../fact.ts';
import { longestOf, type Runs, runsOfExpression, runsOfGlob } from './literals.ts';

/** How a fact is looked up: the value itself, or the beginning, the end or any part of it as a text. */
export type DemandKind = 'value' | 'prefix' | 'suffix' | 'part';

/** Something that must be so wherever a condition holds: the fact, looked up by its kind, is one of the literals. */
export interface Demand {
  readonly fact: string;
  /** The fact is a list, and some item of it is looked up. */
  readonly ofItem: boolean;
  readonly kind: DemandKind;
  readonly literals: readonly unknown[];
}

/** The same for demands that one lookup answers. */
export function keyOf({ fact, ofItem, kind }: Omit<Demand, 'literals'>): string {
  return `${kind} ${ofItem ? 'item' : 'fact'} ${fact}`;
}

/** One way for a condition to hold: all of these are so. An empty branch demands nothing. */
export type Branch = readonly Demand[];

/** More ways than this are told as one that demands nothing: the engine's and the test's work, not the index's. */
const MOST_BRANCHES = 12;
/** Larger sets of literals would be entered in the index one by one for each rule, and rule out little. */
const MOST_LITERALS = 512;
const NOTHING: readonly Branch[] = [[]];

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
  if ('any' in condition) return group(condition.any, negated ? 'all' : 'any', negated, ruleset);
  if ('all' in condition) return group(condition.all, negated ? 'any' : 'all', negated, ruleset);
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
  kind: 'all' | 'any',
  negated: boolean,
  ruleset: Ruleset,
): readonly Branch[] {
  if (inner.length === 0) return NOTHING;
  const parts = inner.map((condition) => branches(condition, negated, ruleset));
  if (kind === 'any') return alternatives(parts.flat());
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
  const [first = [], ...others] = ways;
  for (const { fact, ofItem, kind } of first) {
    const key = keyOf({ fact, ofItem, kind });
    const same = [first, ...others].map((way) => way.find((demand) => keyOf(demand) === key));
    if (same.every((demand) => demand !== undefined)) {
      const literals = [...new Set(same.flatMap((demand) => demand.literals))];
      if (literals.length <= MOST_LITERALS) return [[{ fact, ofItem, kind, literals }]];
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
  const base = parts.pop() ?? '';
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
  const demand = (kind: DemandKind, wanted: readonly unknown[], item = ofItem): Branch =>
    wanted.length > 0 && wanted.length <= MOST_LITERALS
      ? [{ fact, ofItem: item, kind, literals: [...new Set(wanted)] }]
      : [];
  const texts = (kind: DemandKind, wanted: readonly unknown[]): Branch =>
    wanted.every((text) => typeof text === 'string' && text !== '') ? demand(kind, wanted) : [];
  switch (operator) {
    case 'equal':
      // A list is itself, and not what its entries are copied to here.
      return literals.some(Array.isArray) ? [] : demand('value', literals);
    case 'in':
      return literals.every(Array.isArray) ? demand('value', literals.flat(1)) : [];
    case 'contains':
      return ofItem ? [] : demand('value', literals, true);
    case 'startsWith':
      return [...texts('prefix', literals), ...texts('part', literals)];
    case 'endsWith':
      return [...texts('suffix', literals), ...texts('part', literals)];
    case 'includes':
      return texts('part', literals);
    case 'glob':
      return demandsOfPatterns(
        literals.map((text) => [runsOfGlob(String(text))]),
        texts,
      );
    case 'matches':
      return demandsOfPatterns(
        literals.map((text) => runsOfExpression(String(text))),
        texts,
      );
    default:
      return [];
  }
}

/** What one of some patterns demands: each has a literal text at its beginning, at its end, or somewhere. */
function demandsOfPatterns(
  patterns: readonly (readonly Runs[])[],
  texts: (kind: DemandKind, wanted: readonly unknown[]) => Branch,
): Branch {
  if (patterns.some((alternatives) => alternatives.length === 0)) return [];
  const all = patterns.flat();
  const [first = []] = all;
  // The alternatives of one pattern are aligned: each of its texts is one of those at the same place.
  const parts =
    patterns.length === 1
      ? first.map((_, place) => all.map((runs) => runs[place] ?? ''))
      : [all.map(longestOf)];
  return [
    ...texts(
      'prefix',
      all.map((runs) => runs[0] ?? ''),
    ),
    ...texts(
      'suffix',
      all.map((runs) => runs.at(-1) ?? ''),
    ),
    ...parts.flatMap((wanted) => texts('part', wanted)),
  ];
}

/** What a block demands of one element is demanded of some element; only lists that are read whole are looked into. */
function demandsOfElement(fact: string, block: Condition, ruleset: Ruleset): Branch {
  const outer = parsePath(fact);
  if (outer === null || outer.segments.includes(EACH)) return [];
  // Named conditions are not followed within a block.
  const [only, ...others] = branches(block, false, { ...ruleset, conditions: {} });
  if (only === undefined || others.length > 0) return [];
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

import { type Literal, readLiteral } from './literal.ts';
import type { Domain, Space } from './space.ts';

/** Values worth trying for one fact. */
export interface Candidates {
  readonly values: readonly unknown[];
  /** If none of them fulfils the literals, nothing does. */
  readonly complete: boolean;
}

const DAY_MS = 86_400_000;
const TEXT_OPERATORS = ['startsWith', 'endsWith', 'includes'];
const EQUALITY = ['equal', 'notEqual', 'in', 'notIn', 'exists'];
const NUMBER_OPERATORS = ['lessThan', 'lessThanInclusive', 'greaterThan', 'greaterThanInclusive'];
const TIME_OPERATORS = ['before', 'after', 'olderThanDays', 'newerThanDays'];
/** Characters to tell a text apart by; the first that no constant has is used. */
const FRESH = [...'xzqjkvwy0987', '¤', '§', '¶'];

/**
 * Values of which one fulfils the literals if any does. Texts are made of the beginnings, parts and ends that are
 * asked for, with a character between that none of the constants has, so that nothing else comes about by chance;
 * numbers and instants lie on and between the limits. `complete` says where that is all there can be.
 */
export function scalarValues(literals: readonly Literal[], domain: Domain, space: Space): Candidates {
  const absent = domain.required ? [] : [undefined];
  if (domain.enum !== undefined)
    return { values: [...domain.enum, ...absent], complete: isKnown(literals, space) };
  if (domain.kind === 'boolean')
    return { values: [true, false, ...absent], complete: isKnown(literals, space) };
  const families = new Set(literals.map((literal) => familyOf(literal)));
  families.delete('presence');
  const only = families.size === 1 ? [...families][0] : undefined;
  const known = isKnown(literals, space);
  const constants = literals.flatMap(({ leaf }) => space.constantsOf(leaf) ?? []);
  if (domain.kind === 'number') {
    const numeric = only === 'number' || only === 'equality' || families.size === 0 || onlyNumbers(families);
    return { values: [...numbersAround(constants), ...absent], complete: known && numeric };
  }
  const texts = textsFor(literals, space);
  const complete = known && !families.has('other');
  if (domain.kind === 'string') {
    if (only === 'time') return { values: [...instantsAround(literals, space), ...absent], complete: known };
    if (only === 'number')
      return { values: [...numbersAround(constants).map(String), ...absent], complete: known };
    if (only === 'address')
      return { values: [...addressesOf(constants), ...absent], complete: known && allHold(literals) };
    const mixed = families.has('time') || families.has('number') || families.has('address');
    const more = mixed
      ? [
          ...instantsAround(literals, space),
          ...numbersAround(constants).map(String),
          ...addressesOf(constants),
        ]
      : [];
    return { values: [...texts, ...more, ...absent], complete: complete && !mixed };
  }
  return { values: [...texts, ...numbersAround(constants), true, false, {}, ...absent], complete: false };
}

type Family = 'equality' | 'text' | 'number' | 'time' | 'address' | 'presence' | 'other';

function familyOf(literal: Literal): Family {
  const { decorators, operator, holds } = readLiteral(literal);
  if (operator === undefined || decorators.some((name) => name !== 'someValue')) return 'other';
  if (operator === 'exists') return 'presence';
  if (decorators.length > 0 && operator === 'includes') return 'other';
  if (EQUALITY.includes(operator)) return 'equality';
  if (TEXT_OPERATORS.includes(operator)) return 'text';
  if (NUMBER_OPERATORS.includes(operator)) return 'number';
  if (TIME_OPERATORS.includes(operator)) return 'time';
  if (operator === 'inCidr') return 'address';
  // A text with a character that no constant has never equals one, whatever its case.
  return operator === 'equalsIgnoreCase' && !holds ? 'text' : 'other';
}

function onlyNumbers(families: ReadonlySet<Family>): boolean {
  return [...families].every((family) => family === 'number' || family === 'equality');
}

function isKnown(literals: readonly Literal[], space: Space): boolean {
  return literals.every(({ leaf }) => space.constantsOf(leaf) !== undefined);
}

function allHold(literals: readonly Literal[]): boolean {
  return literals.every((literal) => readLiteral(literal).holds);
}

function textsFor(literals: readonly Literal[], space: Space): readonly string[] {
  const constants: string[] = [];
  const asked: Readonly<Record<string, string[]>> = { startsWith: [], endsWith: [], includes: [] };
  const patterns: string[] = [];
  for (const literal of literals) {
    const { operator, holds } = readLiteral(literal);
    const texts = (space.constantsOf(literal.leaf) ?? []).filter((value) => typeof value === 'string');
    constants.push(...texts);
    if (!holds || operator === undefined) continue;
    asked[operator]?.push(...texts);
    if (operator === 'glob')
      patterns.push(...texts.map((glob) => glob.replaceAll('*', '').replaceAll('?', 'x')));
    if (operator === 'matches') patterns.push(...texts.flatMap(textsOfExpression));
  }
  const all = constants.join('');
  const fresh = FRESH.find((character) => !all.includes(character)) ?? '\u00a4';
  const parts = asked.includes ?? [];
  const middles = parts.length === 0 ? ['', fresh] : [parts.join(''), `${fresh}${parts.join(fresh)}${fresh}`];
  // An expression such as `EC2\\..*` leaves its end open, so what it begins with may be followed by an end asked for.
  const made = ['', ...(asked.startsWith ?? []), ...patterns].flatMap((start) =>
    ['', ...(asked.endsWith ?? [])].flatMap((end) => middles.map((middle) => start + middle + end)),
  );
  return [...new Set([...constants, ...patterns, ...made])].filter((text) => text !== '');
}

/** Texts that a simple expression matches; a guess, which the engine judges like any other value. */
function textsOfExpression(expression: string): readonly string[] {
  const plain = expression
    .replace(/\(\?[a-z]+\)|\(\?:/g, (match) => (match === '(?:' ? '(' : ''))
    .replace(/\(([^()|]*)(?:\|[^()]*)?\)/g, '$1');
  const first = plain.split('|');
  return first.map((branch) =>
    branch
      .replace(/\[([^\]\\^])[^\]]*\]/g, '$1')
      .replace(/\\d/g, '1')
      .replace(/\\w/g, 'x')
      .replace(/(\\.|[^\\.])?(?:\*|\?)/g, '')
      .replace(/\.(?:\*|\?)/g, '')
      .replace(/[+^$]/g, '')
      .replace(/(?<!\\)\./g, 'x')
      .replace(/\\(.)/g, '$1'),
  );
}

function numbersAround(constants: readonly unknown[]): readonly number[] {
  const limits = [...new Set(constants.map(Number).filter((value) => Number.isFinite(value)))].sort(
    (a, b) => a - b,
  );
  const [least = 0] = limits;
  const between = limits.slice(1).map((limit, i) => (limit + (limits[i] ?? limit)) / 2);
  const whole = between.map(Math.floor);
  return [...new Set([...limits, ...whole, ...between, least - 1, (limits.at(-1) ?? 0) + 1])];
}

/** On each limit, 1 ms beside it, and between two of them. */
export function instantsAround(literals: readonly Literal[], space: Space): readonly string[] {
  const limits = literals.flatMap(({ leaf }) =>
    (space.constantsOf(leaf) ?? []).flatMap((value) => {
      if (typeof value === 'string') return [Date.parse(value)];
      return typeof value === 'number' ? [space.now - value * DAY_MS] : [];
    }),
  );
  return numbersAround(limits)
    .map((instant) => new Date(Math.round(instant)))
    .filter((date) => !Number.isNaN(date.getTime()))
    .map((date) => date.toISOString());
}

/** Networks lie inside each other or apart, so the first address of the smallest is in all that meet. */
function addressesOf(constants: readonly unknown[]): readonly string[] {
  const first = constants
    .filter((value) => typeof value === 'string')
    .map((cidr) => cidr.split('/')[0] ?? '');
  return [...first, '203.0.113.77', '2001:db8::77'];
}

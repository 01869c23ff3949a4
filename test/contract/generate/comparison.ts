import fc from 'fast-check';
import {
  DECORATORS,
  type DecoratorName,
  OPERATORS,
  type OperatorName,
} from '../../../lib/rules/operators.ts';
import { expression, glob, type Sample } from './expression.ts';
import { twist } from './twist.ts';
import { scalar, word } from './words.ts';

/** A value that may depend on the instant (ms since 1970) at which it is looked at. */
export type Drawn = unknown;

/**
 * An operator, decorated or not, with the literals it can be given. `yes` and `no` are values of the fact on which the
 * comparison holds, or should not; `n` varies them.
 */
export interface Comparison {
  readonly literal: fc.Arbitrary<unknown>;
  readonly yes: (literal: unknown, n: number) => Drawn;
  readonly no: (literal: unknown, n: number) => Drawn;
}

/** Evaluates what depends on the instant, within lists too. */
export function drawnAt(value: Drawn, nowMs: number): unknown {
  if (typeof value === 'function') return value(nowMs);
  return Array.isArray(value) ? value.map((item) => drawnAt(item, nowMs)) : value;
}

/** The texts that expressions and globs were drawn with. */
const textOf = new Map<unknown, string>();
const remembered = (sample: Sample): string => {
  textOf.set(sample.source, sample.text);
  return sample.source;
};

const DAY_MS = 86_400_000;

/** ISO 8601; of what is no instant, some text. */
export function instantAt(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? 'ab' : date.toISOString();
}

const ENDS = ['', 'a', 'b', '/', 'é', '😀', 'abcde'];
const end = (n: number): string => ENDS[n % ENDS.length] ?? '';
const text = (literal: fc.Arbitrary<unknown>, yes: (literal: string, n: number) => unknown): Comparison => ({
  literal,
  yes: (value, n) => yes(String(value), n),
  no: (value, n) => twist(yes(String(value), n), n),
});
const opposite = ({ literal, yes, no }: Comparison): Comparison => ({ literal, yes: no, no: yes });
const pick = (items: unknown, n: number): unknown =>
  Array.isArray(items) && items.length > 0 ? items[n % items.length] : items;

const equal: Comparison = { literal: scalar, yes: (value) => value, no: twist };
const among: Comparison = {
  literal: fc.oneof(
    { weight: 9, arbitrary: fc.array(scalar, { minLength: 1, maxLength: 7 }) },
    { weight: 1, arbitrary: fc.constantFrom<unknown>([], [['a']], 'abcde') },
  ),
  yes: pick,
  no: (values, n) => twist(pick(values, n), n),
};
const contains: Comparison = {
  literal: scalar,
  yes: (value, n) => (n % 2 === 0 ? [value] : [twist(value, n), null, value]),
  no: (value, n) => (n % 3 === 0 ? [] : [twist(value, n)]),
};
const number = (step: number, inclusive: boolean): Comparison => ({
  literal: fc.constantFrom<unknown>(5, 10, 0, 5.5, '5', '10'),
  yes: (value, n) => {
    const met = Number(value) + (inclusive && n % 2 === 0 ? 0 : step);
    return n % 3 === 0 ? String(met) : met;
  },
  no: (value, n) => (n % 3 === 0 ? twist(Number(value), n) : Number(value) + (inclusive ? -step : 0)),
});
const instant = (sign: number): Comparison => ({
  literal: fc.constantFrom<unknown>('2026-06-15', '2026-06-15T12:00:00Z', '2026-01-01T00:00:00.001+02:00'),
  yes: (value, n) => instantAt(Date.parse(String(value)) + sign * (n + 1) * 1000),
  no: (value, n) => (n % 3 === 0 ? twist(value, n) : value),
});
const age = (sign: number): Comparison => ({
  literal: fc.constantFrom<unknown>(0, 1, 0.5, 30, '1'),
  yes: (days, n) => (nowMs: number) => instantAt(nowMs - Number(days) * DAY_MS - sign * (n + 1)),
  no: (days, n) => (nowMs: number) =>
    n % 4 === 0 ? twist('2026-06-15', n) : instantAt(nowMs - Number(days) * DAY_MS),
});
const NETWORKS = [
  '10.0.0.0/8',
  '192.0.2.0/24',
  '2001:db8::/32',
  'a',
  '10.1.2.0/23',
  '10.1.2.3/32',
  '0.0.0.0/0',
  '::ffff:10.0.0.0/104',
];
const ADDRESSES = [
  '10.1.2.3',
  '192.0.2.255',
  '2001:db8::1',
  'a',
  '10.1.3.255',
  '::ffff:10.1.2.3',
  '198.51.100.7',
  '::ffff:a01:203',
];

/** The operators that compare single values or lists. */
export type PlainOperator = Exclude<OperatorName, 'anyElement' | 'everyElement' | 'noElement'>;

const PLAIN: Readonly<Record<PlainOperator, Comparison>> = {
  equal,
  notEqual: opposite(equal),
  in: among,
  notIn: opposite(among),
  contains,
  doesNotContain: opposite(contains),
  lessThan: number(-1, false),
  lessThanInclusive: number(-1, true),
  greaterThan: number(1, false),
  greaterThanInclusive: number(1, true),
  startsWith: text(scalarText(), (value, n) => value + end(n)),
  endsWith: text(scalarText(), (value, n) => end(n) + value),
  includes: text(scalarText(), (value, n) => end(n) + value + end(n + 3)),
  matches: text(expression.map(remembered), (value) => textOf.get(value) ?? value),
  glob: text(glob.map(remembered), (value) => textOf.get(value) ?? value),
  equalsIgnoreCase: text(word, (value, n) => {
    const foreign = value.replaceAll(/k/gi, '\u212a').replaceAll('ß', 'ẞ');
    return [value.toUpperCase(), value.toLowerCase(), value, foreign][n % 4];
  }),
  inCidr: {
    literal: fc.oneof(fc.constantFrom(...NETWORKS), fc.subarray(NETWORKS)),
    yes: (networks, n) => ADDRESSES[NETWORKS.indexOf(String(pick(networks, n)))] ?? 'a',
    no: (_networks, n) => ADDRESSES[n % ADDRESSES.length],
  },
  before: instant(-1),
  after: instant(1),
  olderThanDays: age(1),
  newerThanDays: age(-1),
  exists: {
    literal: fc.boolean(),
    yes: (wanted, n) => (wanted === true ? (n % 2 === 0 ? 'a' : 0) : n % 2 === 0 ? undefined : null),
    no: (wanted, n) => (wanted === true ? undefined : n % 2 === 0 ? [] : 'a'),
  },
};

function scalarText(): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 15, arbitrary: word }, { weight: 1, arbitrary: scalar });
}

/** What `swap:` was given, to find the fact's value again. */
const swapped = new Map<unknown, unknown>();

const DECORATE: Readonly<Record<DecoratorName, (inner: Comparison) => Comparison>> = {
  not: opposite,
  someFact: ({ literal, yes, no }) => ({
    literal,
    yes: (value, n) => (n % 3 === 0 ? [yes(value, n)] : [no(value, n + 1), yes(value, n)]),
    no: (value, n) => (n % 3 === 0 ? [] : [no(value, n)]),
  }),
  everyFact: ({ literal, yes, no }) => ({
    literal,
    yes: (value, n) =>
      n % 4 === 0 ? [] : n % 2 === 0 ? [yes(value, n)] : [yes(value, n), yes(value, n + 1)],
    no: (value, n) => (n % 3 === 0 ? [no(value, n)] : [yes(value, n), no(value, n)]),
  }),
  someValue: ({ literal, yes, no }) => ({
    literal: fc.array(literal, { minLength: 1, maxLength: 5 }),
    yes: (values, n) => yes(pick(values, n), n),
    no: (values, n) => no(pick(values, n), n),
  }),
  everyValue: ({ literal, yes, no }) => ({
    literal: fc.array(literal, { minLength: 1, maxLength: 2 }),
    yes: (values, n) => yes(pick(values, n), n),
    no: (values, n) => no(pick(values, n), n),
  }),
  swap: ({ literal, yes, no }) => ({
    literal: fc.tuple(literal, fc.nat(20)).map(([value, n]) => {
      const other = drawnAt(yes(value, n), 0) ?? null;
      swapped.set(other, value);
      return other;
    }),
    yes: (value) => swapped.get(value),
    no: (value, n) => no(swapped.get(value), n),
  }),
};

/** A decorated operator's comparison; `base` is that of the operator alone. */
export function decorated(decorators: readonly DecoratorName[], base: Comparison): Comparison {
  return decorators.reduceRight((inner, name) => DECORATE[name](inner), base);
}

export const plainOperators = Object.keys(OPERATORS).filter((name): name is PlainOperator =>
  Object.hasOwn(PLAIN, name),
);

export function plainComparison(operator: PlainOperator): Comparison {
  return PLAIN[operator];
}

const one = fc.constantFrom(...DECORATORS);
/** Up to three decorators, from the outside in. */
export const decorators: fc.Arbitrary<readonly DecoratorName[]> = fc.oneof(
  { weight: 10, arbitrary: fc.constant([]) },
  {
    weight: 5,
    arbitrary: fc.constantFrom('someFact' as const, 'someValue' as const, 'not' as const).map((d) => [d]),
  },
  { weight: 4, arbitrary: one.map((decorator) => [decorator]) },
  { weight: 4, arbitrary: fc.array(one, { minLength: 2, maxLength: 2 }) },
  { weight: 1, arbitrary: fc.array(one, { minLength: 3, maxLength: 3 }) },
);

import { isInCidr } from './cidr.ts';

export type Test = (fact: unknown, value: unknown) => boolean;

const dayMs = 24 * 60 * 60 * 1000;

/** An operator that needs nothing but the two sides and the time: the engine's ten and our own on single values. */
export function plainOperator(name: string, nowMs: number): Test | undefined {
  return TIMELESS[name] ?? timeOperators(nowMs)[name];
}

/** The engine's decorators, by name: each turns a test into another. */
export const DECORATORS: Readonly<Record<string, (next: Test) => Test>> = {
  someFact: (next) => (fact, value) => Array.isArray(fact) && fact.some((one) => next(one, value)),
  everyFact: (next) => (fact, value) => Array.isArray(fact) && fact.every((one) => next(one, value)),
  someValue: (next) => (fact, value) => Array.isArray(value) && value.some((one) => next(fact, one)),
  everyValue: (next) => (fact, value) => Array.isArray(value) && value.every((one) => next(fact, one)),
  swap: (next) => (fact, value) => next(value, fact),
  not: (next) => (fact, value) => !next(fact, value),
};

const engineOperators: Readonly<Record<string, Test>> = {
  equal: (fact, value) => fact === value,
  notEqual: (fact, value) => fact !== value,
  in: (fact, value) => Array.isArray(value) && value.indexOf(fact) > -1,
  notIn: (fact, value) => Array.isArray(value) && value.indexOf(fact) === -1,
  contains: (fact, value) => Array.isArray(fact) && fact.indexOf(value) > -1,
  doesNotContain: (fact, value) => Array.isArray(fact) && fact.indexOf(value) === -1,
  lessThan: (fact, value) => isNumeric(fact) && (fact as number) < (value as number),
  lessThanInclusive: (fact, value) => isNumeric(fact) && (fact as number) <= (value as number),
  greaterThan: (fact, value) => isNumeric(fact) && (fact as number) > (value as number),
  greaterThanInclusive: (fact, value) => isNumeric(fact) && (fact as number) >= (value as number),
};

const textOperators: Readonly<Record<string, Test>> = {
  startsWith: onText((fact, value) => fact.startsWith(value)),
  endsWith: onText((fact, value) => fact.endsWith(value)),
  includes: onText((fact, value) => fact.includes(value)),
  equalsIgnoreCase: onText((fact, value) => fact.toLowerCase() === value.toLowerCase()),
  matches: onText((fact, value) => new RegExp(`^(?:${value})$`, 'us').test(fact)),
  glob: onText((fact, value) => globPattern(value).test(fact)),
};

const TIMELESS: Readonly<Record<string, Test>> = {
  ...{ ...engineOperators, ...textOperators },
  ...{ inCidr: isInAnyCidr, exists },
};

function timeOperators(nowMs: number): Readonly<Record<string, Test>> {
  return {
    before: (fact, value) => instantMs(fact) < instantMs(value),
    after: (fact, value) => instantMs(fact) > instantMs(value),
    olderThanDays: (fact, days) => nowMs - instantMs(fact) > Number(days) * dayMs,
    newerThanDays: (fact, days) => nowMs - instantMs(fact) < Number(days) * dayMs,
  };
}

function onText(test: (fact: string, value: string) => boolean): Test {
  return (fact, value) => typeof fact === 'string' && typeof value === 'string' && test(fact, value);
}

function isNumeric(fact: unknown): boolean {
  return !Number.isNaN(Number.parseFloat(String(fact)));
}

/** NaN for what is no instant: every comparison with it is false. */
function instantMs(value: unknown): number {
  return typeof value === 'string' ? Date.parse(value) : Number.NaN;
}

function globPattern(glob: string): RegExp {
  const parts = [...glob].map((character) => {
    if (character === '*') return '.*';
    if (character === '?') return '.';
    return character.replace(/[\\^$.*+?()[\]{}|/]/u, '\\$&');
  });
  return new RegExp(`^${parts.join('')}$`, 'us');
}

function isInAnyCidr(fact: unknown, value: unknown): boolean {
  const blocks: readonly unknown[] = Array.isArray(value) ? value : [value];
  return blocks.some(
    (block) => typeof fact === 'string' && typeof block === 'string' && isInCidr(fact, block),
  );
}

function exists(fact: unknown, value: unknown): boolean {
  const present = fact !== undefined && fact !== null;
  return value === true ? present : value === false && !present;
}

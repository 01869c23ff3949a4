import type { EngineOperator } from '../engine-internals.ts';
import { type Exactness, patternTestOf } from '../pattern.ts';

/** Says of a fact's value what the engine's operator says of it and the rule's value. `nowMs`: ms since 1970. */
export type ValueTest = (value: unknown, nowMs: number) => boolean;

const DAY_MS = 86_400_000;

/**
 * Makes the test that an operator with its decorators stands for. Frequent ones are written out; each gives exactly
 * what the engine's own operator object gives (test/rules/engine/candidates/value-test.property.test.ts), and that
 * object is asked for all others. With `over` patterns are not run: what is said to hold may then not hold, never the
 * other way round.
 *
 * @param operator e.g. `someFact:startsWith`
 * @param literal the rule's value; no `{fact}`
 * @param operatorAt the engine's operator objects at an instant
 */
export function valueTestOf(
  operator: string,
  literal: unknown,
  operatorAt: (name: string, nowMs: number) => EngineOperator | null,
  exactness: Exactness = 'exact',
): ValueTest {
  const colon = operator.indexOf(':');
  if (colon < 0) return plainTestOf(operator, literal, operatorAt, exactness);
  const inner = operator.slice(colon + 1);
  switch (operator.slice(0, colon)) {
    case 'not': {
      // The opposite of too many would be too few.
      const test = valueTestOf(inner, literal, operatorAt, 'exact');
      return (value, nowMs) => !test(value, nowMs);
    }
    case 'someFact': {
      const test = valueTestOf(inner, literal, operatorAt, exactness);
      return (value, nowMs) => Array.isArray(value) && value.some((item) => test(item, nowMs));
    }
    case 'everyFact': {
      const test = valueTestOf(inner, literal, operatorAt, exactness);
      return (value, nowMs) => Array.isArray(value) && value.every((item) => test(item, nowMs));
    }
    case 'someValue':
    case 'everyValue': {
      if (!Array.isArray(literal)) return askEngine(operator, literal, operatorAt);
      const tests = literal.map((item) => valueTestOf(inner, item, operatorAt, exactness));
      return operator.startsWith('some')
        ? (value, nowMs) => tests.some((test) => test(value, nowMs))
        : (value, nowMs) => tests.every((test) => test(value, nowMs));
    }
    default:
      return askEngine(operator, literal, operatorAt);
  }
}

function plainTestOf(
  operator: string,
  literal: unknown,
  operatorAt: (name: string, nowMs: number) => EngineOperator | null,
  exactness: Exactness,
): ValueTest {
  const ask = askEngine(operator, literal, operatorAt);
  switch (operator) {
    case 'equal':
      return (value) => value === literal;
    case 'notEqual':
      return (value) => value !== literal;
    case 'in':
      return Array.isArray(literal) ? isAmong(literal) : ask;
    case 'notIn': {
      if (!Array.isArray(literal)) return ask;
      const test = isAmong(literal);
      return (value, nowMs) => !test(value, nowMs);
    }
    case 'contains':
      return (value) => Array.isArray(value) && value.indexOf(literal) > -1;
    case 'doesNotContain':
      return (value) => Array.isArray(value) && value.indexOf(literal) === -1;
    case 'startsWith':
      return onText(literal, (value, text) => value.startsWith(text));
    case 'endsWith':
      return onText(literal, (value, text) => value.endsWith(text));
    case 'includes':
      return onText(literal, (value, text) => value.includes(text));
    case 'lessThan':
      return onNumber(literal, ask, (value, number) => value < number);
    case 'lessThanInclusive':
      return onNumber(literal, ask, (value, number) => value <= number);
    case 'greaterThan':
      return onNumber(literal, ask, (value, number) => value > number);
    case 'greaterThanInclusive':
      return onNumber(literal, ask, (value, number) => value >= number);
    case 'exists':
      return (value) => (value !== undefined && value !== null) === literal;
    case 'olderThanDays':
      return (value, nowMs) => typeof literal === 'number' && nowMs - instantOf(value) > literal * DAY_MS;
    case 'newerThanDays':
      return (value, nowMs) => typeof literal === 'number' && nowMs - instantOf(value) < literal * DAY_MS;
    case 'glob':
    case 'matches':
      return typeof literal === 'string'
        ? onText(literal, patternTestOf(operator, literal, exactness))
        : () => false;
    default:
      return ask;
  }
}

/** Asks the engine's own object, kept from one instant to the next; throws, as the engine will, where there is none. */
function askEngine(
  operator: string,
  literal: unknown,
  operatorAt: (name: string, nowMs: number) => EngineOperator | null,
): ValueTest {
  let last: { readonly nowMs: number; readonly operator: EngineOperator | null } | null = null;
  return (value, nowMs) => {
    if (last?.nowMs !== nowMs) last = { nowMs, operator: operatorAt(operator, nowMs) };
    if (last.operator === null) throw new Error(`There is no operator ${operator}.`);
    return last.operator.evaluate(value, literal);
  };
}

function isAmong(literals: readonly unknown[]): ValueTest {
  if (literals.length <= 4) return (value) => literals.indexOf(value) > -1;
  const set = new Set(literals);
  return (value) => set.has(value);
}

/** The engine writes numbers out to see that they are some; texts that look like numbers are left to it. */
function onNumber(
  literal: unknown,
  ask: ValueTest,
  test: (value: number, number: number) => boolean,
): ValueTest {
  if (typeof literal !== 'number') return ask;
  return (value, nowMs) => {
    if (typeof value === 'number') return test(value, literal);
    return value !== undefined && ask(value, nowMs);
  };
}

function onText(literal: unknown, test: (value: string, text: string) => boolean): ValueTest {
  if (typeof literal !== 'string') return () => false;
  return (value) => typeof value === 'string' && test(value, literal);
}

function instantOf(value: unknown): number {
  return typeof value === 'string' ? Date.parse(value) : Number.NaN;
}

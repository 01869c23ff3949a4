import type { Condition, LeafCondition } from '../../rule.ts';
import type { EngineOperator } from '../engine-internals.ts';
import type { FactSlots } from './fact-slots.ts';
import { type ValueTest, valueTestOf } from './value-test.ts';

/** Whether a condition holds on the subject that the slots are turned to. */
export type ConditionTest = () => boolean;

export interface TestContext {
  readonly slots: FactSlots;
  readonly conditions: Readonly<Record<string, Condition>>;
  readonly operatorAt: (name: string, nowMs: number) => EngineOperator | null;
}

/**
 * Compiles a condition to one synchronous test that gives what json-rules-engine would give. It only ever rules out:
 * a test that throws, or that cannot know, lets the rule through to the engine.
 */
export function conditionTestOf(condition: Condition, context: TestContext): ConditionTest {
  const test = compile(condition, context);
  return () => {
    try {
      return test();
    } catch {
      return true;
    }
  };
}

function compile(condition: Condition, context: TestContext): ConditionTest {
  if ('any' in condition) return anyOf(condition.any.map((inner) => compile(inner, context)));
  if ('all' in condition) return allOf(cheapFirst(condition.all).map((inner) => compile(inner, context)));
  if ('not' in condition) {
    const test = compile(condition.not, context);
    return () => !test();
  }
  if ('condition' in condition) {
    const { condition: name } = condition;
    const shared = Object.hasOwn(context.conditions, name) ? context.conditions[name] : undefined;
    return shared === undefined ? unknown : compile(shared, context);
  }
  return leafTestOf(condition, context);
}

/** A throw, so that no `not` around it turns ignorance into a no. */
function unknown(): never {
  throw new Error('Only the engine can know.');
}

function leafTestOf(
  { fact, operator, value }: LeafCondition,
  { slots, operatorAt }: TestContext,
): ConditionTest {
  const slot = slots.slotOf(fact);
  if (value !== null && typeof value === 'object' && 'fact' in value) {
    const other = slots.slotOf(String(value.fact));
    if (String(value.fact).startsWith('lists.')) return listTest(slot, other, operator, slots, operatorAt);
    return () => {
      const asked = operatorAt(operator, slots.nowMs);
      return asked === null ? unknown() : asked.evaluate(slots.read(slot), slots.read(other));
    };
  }
  // The most frequent comparison, without a detour.
  if (operator === 'equal') return () => slots.read(slot) === value;
  const test: ValueTest = valueTestOf(operator, value, operatorAt);
  return () => test(slots.read(slot), slots.nowMs);
}

/** A list is the same array until an entry of it lapses: what was made of it is kept until then. */
function listTest(
  slot: number,
  listSlot: number,
  operator: string,
  slots: FactSlots,
  operatorAt: TestContext['operatorAt'],
): ConditionTest {
  let known: { readonly list: unknown; readonly test: ValueTest } | null = null;
  return () => {
    const list = slots.read(listSlot);
    if (known === null || known.list !== list)
      known = { list, test: valueTestOf(operator, list, operatorAt) };
    return known.test(slots.read(slot), slots.nowMs);
  };
}

/** The engine takes an empty group as met, `any` as well as `all`. */
function anyOf(tests: readonly ConditionTest[]): ConditionTest {
  if (tests.length === 0) return () => true;
  return () => {
    for (const test of tests) if (test()) return true;
    return false;
  };
}

function allOf(tests: readonly ConditionTest[]): ConditionTest {
  return () => {
    for (const test of tests) if (!test()) return false;
    return true;
  };
}

/** What is cheap rules out before what is dear is asked. */
function cheapFirst(conditions: readonly Condition[]): readonly Condition[] {
  return [...conditions].sort((a, b) => testCostOf(a) - testCostOf(b));
}

/** What a test of a condition costs at most: nanoseconds, roughly; only the ratios matter. */
export function testCostOf(condition: Condition): number {
  if ('any' in condition) return sum(condition.any);
  if ('all' in condition) return sum(condition.all);
  if ('not' in condition) return testCostOf(condition.not);
  if ('condition' in condition) return 200;
  const { fact, operator } = condition;
  const items = fact.includes('[*]') ? 2 : 1;
  if (/matches|glob/.test(operator)) return 600 * items;
  return (/Element|Cidr|before|after|Days/.test(operator) ? 300 : 40) * items;
}

function sum(conditions: readonly Condition[]): number {
  return conditions.reduce((total, condition) => total + testCostOf(condition), 0);
}

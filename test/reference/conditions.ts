import type { Condition } from '../../lib/rules/rule.ts';
import { DECORATORS, plainOperator, type Test } from './operators.ts';
import { getPath, isObject } from './values.ts';

export interface Circumstances {
  /** The value of a fact by its name. */
  readonly fact: (name: string) => unknown;
  readonly named: Readonly<Record<string, Condition>>;
  readonly nowMs: number;
}

/** Whether a condition tree holds, by the plain reading of all, any, not, named conditions and leaves. */
export function holds(condition: Condition, circumstances: Circumstances): boolean {
  if ('all' in condition) return condition.all.every((one) => holds(one, circumstances));
  if ('any' in condition) {
    return condition.any.length === 0 || condition.any.some((one) => holds(one, circumstances));
  }
  if ('not' in condition) return !holds(condition.not, circumstances);
  if ('condition' in condition) {
    const named = Object.hasOwn(circumstances.named, condition.condition)
      ? circumstances.named[condition.condition]
      : undefined;
    return named !== undefined && holds(named, circumstances);
  }
  const expected = referencedFact(condition.value);
  const value = expected === undefined ? condition.value : circumstances.fact(expected);
  return testNamed(condition.operator, circumstances)(circumstances.fact(condition.fact), value);
}

/** The name in a `{fact: "…"}` value; undefined for a literal. */
export function referencedFact(value: unknown): string | undefined {
  return isObject(value) && Object.hasOwn(value, 'fact') ? String(value.fact) : undefined;
}

/** Reads `decorator:…:operator` from the right: the operator first, the outermost decorator last. */
function testNamed(operator: string, circumstances: Circumstances): Test {
  const [base = '', ...decorators] = operator.split(':').reverse();
  const test = plainOperator(base, circumstances.nowMs) ?? elementOperators(circumstances)[base];
  if (test === undefined) throw new Error(`unknown operator ${base}`);
  return decorators.reduce((next, name) => {
    const decorate = DECORATORS[name];
    if (decorate === undefined) throw new Error(`unknown decorator ${name}`);
    return decorate(next);
  }, test);
}

function elementOperators(circumstances: Circumstances): Readonly<Record<string, Test>> {
  const holdsOn = (element: unknown, block: unknown) =>
    holds(block as Condition, { ...circumstances, fact: elementFacts(element, circumstances) });
  const anyElement: Test = (fact, block) => Array.isArray(fact) && fact.some((one) => holdsOn(one, block));
  return {
    anyElement,
    everyElement: (fact, block) => Array.isArray(fact) && fact.every((one) => holdsOn(one, block)),
    noElement: (fact, block) => !anyElement(fact, block),
  };
}

/** Inside an element block a fact is a path on the element; only lists are still the ruleset's. */
function elementFacts(element: unknown, outer: Circumstances): (name: string) => unknown {
  return (name) => (name.startsWith('lists.') ? outer.fact(name) : getPath(element, name));
}

import type { Almanac, Engine, Rule as EngineRule } from 'json-rules-engine';

/** An operator as json-rules-engine holds it, decorators applied. */
export interface EngineOperator {
  evaluate(factValue: unknown, compareTo: unknown): boolean;
}

/**
 * A node of the evaluated condition tree that json-rules-engine returns, named conditions put in their place. Every leaf
 * is evaluated: the engine leaves some out by priority alone, and ours have none.
 */
export type EvaluatedCondition =
  | EvaluatedLeaf
  | { readonly all: readonly EvaluatedCondition[] }
  | { readonly any: readonly EvaluatedCondition[] }
  | { readonly not: EvaluatedCondition };

interface EvaluatedLeaf {
  readonly name?: string;
  readonly fact: string;
  readonly operator: string;
  readonly factResult: unknown;
  readonly valueResult: unknown;
  readonly result: boolean;
}

export interface EvaluatedRule {
  readonly result: boolean;
  readonly conditions: EvaluatedCondition;
}

interface EngineInternals {
  readonly operators: { get(name: string): EngineOperator | null };
}

interface RuleInternals {
  conditions: object;
  ruleEvent: unknown;
  prioritizeConditions(conditions: readonly object[]): readonly (readonly object[])[];
  emitAsync(event: string): unknown;
  setEngine(engine: Engine): unknown;
  evaluate(almanac: Almanac): Promise<EvaluatedRule>;
}

/*
 * Members of json-rules-engine 7.3 that its types leave out, in one place. `Rule#evaluate` is used instead of
 * `Engine#run` because runs on one engine share a mutable status and lose matches when they overlap
 * (test/rules/engine/concurrency.test.ts shows it).
 */

/** Binds a rule to the engine whose operators and named conditions it uses. */
export function bindRule(rule: EngineRule, engine: Engine): void {
  (rule as unknown as RuleInternals).setEngine(engine);
}

/** Lets the engine judge one rule on one almanac. */
export function evaluateRule(rule: EngineRule, almanac: Almanac): Promise<EvaluatedRule> {
  return (rule as unknown as RuleInternals).evaluate(almanac);
}

/**
 * Keeps the engine from copying a rule's conditions and event before each evaluation, which is three quarters of its
 * cost: its deep copy hands functions and texts on as they are, so the root becomes a function with the members of
 * the condition it was. Verdicts do not read what is copied; the evaluated conditions of such a rule say nothing.
 */
export function shareConditions(rule: EngineRule): void {
  const internals = rule as unknown as RuleInternals;
  const root = Object.defineProperty(() => {}, 'name', { writable: true, value: undefined });
  Object.setPrototypeOf(root, Object.getPrototypeOf(internals.conditions));
  internals.conditions = Object.assign(root, internals.conditions);
  internals.ruleEvent = undefined;
  // Sorts conditions into priorities on each evaluation; ours have none, as facts have none.
  internals.prioritizeConditions = (conditions) => [conditions];
  // Looks for listeners on each evaluation; there are none, and nobody reads what it answers.
  internals.emitAsync = () => undefined;
}

/** The engine's own operator object, decorators included; null when there is none of that name. */
export function operatorOf(engine: Engine, name: string): EngineOperator | null {
  return (engine as unknown as EngineInternals).operators.get(name);
}

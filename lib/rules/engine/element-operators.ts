import { type Engine, Operator } from 'json-rules-engine';
import { compileGetter, parsePath } from '../../findings/path.ts';
import type { Condition, LeafCondition } from '../rule.ts';
import { operatorOf } from './engine-internals.ts';

/** Whether an operator, decorated or not, is one of those below. */
export function takesBlock(operator: string): boolean {
  return /(?:^|:)(?:any|every|no)Element$/.test(operator);
}

/**
 * anyElement, everyElement and noElement: a block of conditions that one element must answer for as a whole ("the
 * same resource has tag A and type B"). Facts are relative to the element; operators and decorators are the engine's
 * own objects, so that a leaf means the same inside and outside. `listOf` gives the values of `lists.<name>`.
 */
export function createElementOperators(
  engine: Engine,
  listOf: (fact: string) => unknown,
): readonly Operator<unknown, unknown>[] {
  const getters = new Map<string, (root: unknown) => unknown>();
  const read = (element: unknown, fact: string): unknown => {
    let getter = getters.get(fact);
    if (getter === undefined) {
      const path = parsePath(fact);
      getter = path === null ? () => undefined : compileGetter(path);
      getters.set(fact, getter);
    }
    return getter(element);
  };

  const holdsOn = (element: unknown, condition: Condition): boolean => {
    if ('all' in condition) return condition.all.every((inner) => holdsOn(element, inner));
    if ('any' in condition) return condition.any.some((inner) => holdsOn(element, inner));
    if ('not' in condition) return !holdsOn(element, condition.not);
    if ('condition' in condition) return false;
    return leafHoldsOn(element, condition);
  };

  const leafHoldsOn = (element: unknown, leaf: LeafCondition): boolean =>
    operatorOf(engine, leaf.operator)?.evaluate(read(element, leaf.fact), resolve(leaf.value)) === true;

  const resolve = (value: unknown): unknown =>
    value !== null && typeof value === 'object' && 'fact' in value ? listOf(String(value.fact)) : value;

  return [
    new Operator<unknown, unknown>(
      'anyElement',
      (elements, block) => Array.isArray(elements) && elements.some((e) => holdsOn(e, block as Condition)),
    ),
    new Operator<unknown, unknown>(
      'everyElement',
      (elements, block) => Array.isArray(elements) && elements.every((e) => holdsOn(e, block as Condition)),
    ),
    new Operator<unknown, unknown>(
      'noElement',
      (elements, block) => !Array.isArray(elements) || !elements.some((e) => holdsOn(e, block as Condition)),
    ),
  ];
}

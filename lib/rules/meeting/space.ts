import { Engine } from 'json-rules-engine';
import { FINDING, kindOf, lookUpPath } from '../../findings/catalogue.ts';
import { parsePath } from '../../findings/path.ts';
import type { TypeRef } from '../../findings/type-ref.ts';
import { isObject } from '../condition-sites.ts';
import { createElementOperators } from '../engine/element-operators.ts';
import { operatorOf } from '../engine/engine-internals.ts';
import { createOperators } from '../engine/engine-operators.ts';
import { activeValues } from '../engine/fact.ts';
import { lookUpFact, type ValueKind } from '../fact-type.ts';
import type { LeafCondition } from '../rule.ts';
import type { Ruleset } from '../ruleset.ts';
import type { Workspace } from '../workspace.ts';

/** What a fact can hold, as far as the catalogue knows. */
export interface Domain {
  readonly list: boolean;
  readonly kind: ValueKind;
  readonly enum?: readonly string[];
  /** Of a list: the type of its elements. */
  readonly element?: TypeRef;
  /** Always there: findings cannot be imported without it, or the view fills it in. */
  readonly required: boolean;
}

/** Everything that is asked of facts and comparisons when findings are imagined. */
export interface Space {
  readonly workspace: Workspace;
  readonly accounts: Ruleset['accounts'];
  readonly now: number;
  /** What the engine's own operator says of a value. */
  judge(leaf: LeafCondition, value: unknown): boolean;
  /** The right-hand side with lists written out; undefined where only a finding knows it. */
  constantsOf(leaf: LeafCondition): readonly unknown[] | undefined;
  /** `from` is the type of an element, for facts relative to it. */
  domainOf(fact: string, from?: TypeRef): Domain | undefined;
}

/** Prepares the questions for one instant (ms since 1970): lists as they hold then, operators that know the time. */
export function createSpace(workspace: Workspace, now: number): Space {
  const engine = new Engine([], { allowUndefinedFacts: true });
  for (const operator of createOperators(now)) engine.addOperator(operator);
  const listOf = (fact: string) => activeValues(workspace.lists.get(fact.slice('lists.'.length)) ?? [], now);
  for (const operator of createElementOperators(engine, listOf)) engine.addOperator(operator);
  const rightOf = ({ value }: LeafCondition): unknown => {
    if (!isObject(value) || typeof value.fact !== 'string') return value;
    return value.fact.startsWith('lists.') ? listOf(value.fact) : undefined;
  };
  const domains = new Map<string, Domain>();
  return {
    workspace,
    accounts: workspace.accounts,
    now,
    judge: (leaf, value) => operatorOf(engine, leaf.operator)?.evaluate(value, rightOf(leaf)) === true,
    constantsOf: (leaf) => {
      const right = rightOf(leaf);
      if (right === undefined) return undefined;
      return Array.isArray(right) ? right : [right];
    },
    domainOf: (fact, from) => {
      const key = `${from ?? ''} ${fact}`;
      const known = domains.get(key);
      if (known !== undefined) return known;
      const domain = from === undefined ? rootDomain(fact, workspace) : elementDomain(fact, from);
      if (domain !== undefined) domains.set(key, domain);
      return domain;
    },
  };
}

function rootDomain(fact: string, workspace: Workspace): Domain | undefined {
  const type = lookUpFact(fact, workspace);
  return type.known ? type : undefined;
}

function elementDomain(fact: string, from: TypeRef): Domain | undefined {
  const path = parsePath(fact);
  const found = path === null ? undefined : lookUpPath(path, from);
  if (found === undefined || !found.known) return undefined;
  const kind = kindOf(found.element);
  return {
    list: found.list,
    kind: kind === 'list' ? 'any' : kind,
    element: found.element,
    ...(found.enum === undefined ? {} : { enum: found.enum }),
    required: found.required,
  };
}

/** The type of the elements of a list in a finding, or in an element. */
export function elementTypeOf(listPath: string, from: TypeRef = FINDING): TypeRef | undefined {
  const path = parsePath(listPath);
  const found = path === null ? undefined : lookUpPath(path, from);
  return found?.known && found.list ? found.element : undefined;
}

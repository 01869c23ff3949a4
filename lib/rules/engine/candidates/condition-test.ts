import type { Condition, LeafCondition } from '../../rule.ts';
import type { Ruleset } from '../../ruleset.ts';
import type { EngineOperator } from '../engine-internals.ts';
import { entriesOf } from '../fact.ts';
import type { Exactness } from '../pattern.ts';
import type { FactSlots } from './fact-slots.ts';
import { membershipOf } from './membership.ts';
import { isInNumberSet, writeNumberSet } from './number-set.ts';
import { cheapFirst } from './test-cost.ts';
import { type ValueTest, valueTestOf } from './value-test.ts';

export interface TestContext {
  readonly slots: FactSlots;
  readonly ruleset: Pick<Ruleset, 'conditions' | 'lists'>;
  readonly operatorAt: (name: string, nowMs: number) => EngineOperator | null;
}

/** Tests of conditions on the subject that the slots are turned to. */
export interface ConditionTests {
  /** Compiles a condition; `holds` takes what it returns. */
  compile(condition: Condition): number;
  /** Whether the condition holds. */
  holds(test: number): boolean;
}

/*
 * A test is a stretch of one array of integers: steps of an operation, the slot it looks at, where to go on if it says
 * yes, where if no, and what it takes besides. Closures say the same, but lie wherever in memory they were made.
 */
const ALWAYS = 0;
/** Only the engine can know. */
const UNKNOWN = 1;
/** Memberships, by what they are of. */
const VALUE_IN = 2;
const SOME_IN = 3;
const NONE_IN = 4;
const MEMBERSHIPS = { value: VALUE_IN, someItem: SOME_IN, noItem: NONE_IN } as const;
/** Asks a test of values. */
const ASK = 5;
/** Asks the engine's operator, with another fact on the right. */
const COMPARE = 6;

const HOLDS = -1;
const FAILS = -2;

/** A place in a test that is known once the steps before it are written. */
interface Label {
  at: number;
}

/**
 * Compiles conditions to synchronous tests that give what json-rules-engine would give. They only ever rule out: a test
 * that throws, or that cannot know, lets the rule through to the engine, and so do expressions that only RE2 could rule
 * out: it would be asked twice of nearly all that hold.
 */
export function createConditionTests({ slots, ruleset, operatorAt }: TestContext): ConditionTests {
  const asked: ValueTest[] = [];
  const compared: ((slot: number) => boolean)[] = [];
  let code = new Int32Array(1_024);
  let length = 0;

  const compile = (condition: Condition): number => {
    const steps: (number | Label)[] = [];
    const yes: Label = { at: HOLDS };
    const no: Label = { at: FAILS };
    const start = length;
    const place = (label: Label) => {
      label.at = start + steps.length;
    };
    const step = (operation: number, slot: number, to: Label, otherwise: Label) =>
      steps.push(operation, slot, to, otherwise);
    /** One by one: a list may have more values than a call may have arguments. */
    const take = (numbers: readonly number[]) => {
      for (const each of numbers) steps.push(each);
    };

    /** What is said too often under `not` would be said too seldom without it: there it has to be exact. */
    const write = (part: Condition, to: Label, otherwise: Label, exactness: Exactness): void => {
      if ('any' in part)
        each(part.any, to, (inner, next, last) => write(inner, to, last ? otherwise : next, exactness));
      else if ('all' in part)
        each(cheapFirst(part.all), to, (inner, next, last) =>
          write(inner, last ? to : next, otherwise, exactness),
        );
      else if ('not' in part) write(part.not, otherwise, to, 'exact');
      else if ('condition' in part) writeNamed(part.condition, to, otherwise, exactness);
      else writeLeaf(part, to, otherwise, exactness);
    };
    const writeNamed = (name: string, to: Label, otherwise: Label, exactness: Exactness): void => {
      const shared = Object.hasOwn(ruleset.conditions, name) ? ruleset.conditions[name] : undefined;
      if (shared === undefined) step(UNKNOWN, 0, to, otherwise);
      else write(shared, to, otherwise, exactness);
    };
    /** The engine takes an empty group as met, `any` as well as `all`. */
    const each = (
      parts: readonly Condition[],
      to: Label,
      writePart: (part: Condition, next: Label, last: boolean) => void,
    ): void => {
      if (parts.length === 0) step(ALWAYS, 0, to, to);
      for (const [i, part] of parts.entries()) {
        const next: Label = { at: FAILS };
        writePart(part, next, i === parts.length - 1);
        place(next);
      }
    };
    const writeLeaf = (leaf: LeafCondition, to: Label, otherwise: Label, exactness: Exactness): void => {
      const { fact, operator } = leaf;
      const value = literalOf(leaf.value);
      if (operator.startsWith('not:')) {
        const opposite = { fact, operator: operator.slice('not:'.length), value: leaf.value };
        writeLeaf(opposite, otherwise, to, 'exact');
        return;
      }
      const slot = slots.slotOf(fact);
      const other = otherFactOf(value);
      const membership = other === null ? membershipOf(operator, value) : null;
      if (membership !== null) {
        const set = writeNumberSet(membership.literals.map((literal) => slots.numberOf(slot, literal)));
        const [met, missed] = membership.negated ? [otherwise, to] : [to, otherwise];
        step(MEMBERSHIPS[membership.of], slot, met, missed);
        take(set);
      } else if (other !== null) {
        step(COMPARE, slot, to, otherwise);
        steps.push(compared.push(comparisonWith(other, operator)) - 1);
      } else {
        step(ASK, slot, to, otherwise);
        steps.push(asked.push(valueTestOf(operator, value, operatorAt, exactness)) - 1);
      }
    };

    write(condition, yes, no, 'over');
    append(steps.map((each) => (typeof each === 'number' ? each : each.at)));
    return start;
  };

  const append = (steps: readonly number[]): void => {
    if (length + steps.length > code.length) {
      const grown = new Int32Array(2 * (length + steps.length));
      grown.set(code);
      code = grown;
    }
    code.set(steps, length);
    length += steps.length;
  };

  /** The rule's value; of a list whose entries never lapse its values, which are the same array at any instant. */
  const literalOf = (value: unknown): unknown => {
    const fact = otherFactOf(value);
    if (fact === null || !fact.startsWith('lists.')) return value;
    const lasts = entriesOf(fact, ruleset).every(({ until }) => until === undefined);
    return lasts ? slots.read(slots.slotOf(fact)) : value;
  };

  const comparisonWith = (fact: string, operator: string): ((slot: number) => boolean) => {
    const other = slots.slotOf(fact);
    if (fact.startsWith('lists.')) return listComparison(other, operator);
    return (slot) => {
      const found = operatorAt(operator, slots.nowMs);
      if (found === null) throw new Error(`There is no operator ${operator}.`);
      return found.evaluate(slots.read(slot), slots.read(other));
    };
  };
  /** A list is the same array until an entry of it lapses: what was made of it is kept until then. */
  const listComparison = (listSlot: number, operator: string): ((slot: number) => boolean) => {
    let known: { readonly list: unknown; readonly test: ValueTest } | null = null;
    return (slot) => {
      const list = slots.read(listSlot);
      if (known === null || known.list !== list)
        known = { list, test: valueTestOf(operator, list, operatorAt) };
      return known.test(slots.read(slot), slots.nowMs);
    };
  };

  const someIn = (slot: number, set: number): boolean => {
    const count = slots.itemCount(slot);
    for (let place = 0; place < count; place += 1)
      if (isInNumberSet(code, set, slots.itemNumber(slot, place))) return true;
    return false;
  };
  const answer = (at: number): boolean => {
    const slot = code[at + 1] as number;
    const rest = at + 4;
    switch (code[at]) {
      case VALUE_IN:
        return isInNumberSet(code, rest, slots.valueNumber(slot));
      case SOME_IN:
        return someIn(slot, rest);
      case NONE_IN:
        return slots.isList(slot) && !someIn(slot, rest);
      case ASK:
        return (asked[code[rest] as number] as ValueTest)(slots.read(slot), slots.nowMs);
      case COMPARE:
        return (compared[code[rest] as number] as (slot: number) => boolean)(slot);
      default:
        return true;
    }
  };

  const holds = (test: number): boolean => {
    let at = test;
    try {
      while (at >= 0) {
        if (code[at] === UNKNOWN) return true;
        at = code[at + (answer(at) ? 2 : 3)] as number;
      }
    } catch {
      return true;
    }
    return at === HOLDS;
  };
  return { compile, holds };
}

/** The fact that a value refers to; null where the value is a literal. */
function otherFactOf(value: unknown): string | null {
  const refers = value !== null && typeof value === 'object' && 'fact' in value;
  return refers ? String(value.fact) : null;
}

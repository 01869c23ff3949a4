import type { Rule } from '../../rule.ts';
import type { Ruleset } from '../../ruleset.ts';
import type { EngineOperator } from '../engine-internals.ts';
import type { FactReader, Subject } from '../fact.ts';
import { createConditionTests } from './condition-test.ts';
import { FactSlots } from './fact-slots.ts';
import { createIndexWalk } from './index-code.ts';
import { buildIndex, type Entry } from './index-tree.ts';

/**
 * Says which rules of a ruleset can hold on a subject, as their numbers in winning order. It never leaves out a rule
 * that json-rules-engine would let match, and rarely names one that it would not: the index leads to the rules whose
 * literals the finding has, and a compiled test of the whole condition is asked of each of those.
 */
export function createCandidateFinder(
  ruleset: Ruleset,
  entries: readonly Entry[],
  readerFor: (fact: string) => FactReader,
  operatorAt: (name: string, nowMs: number) => EngineOperator | null,
): (subject: Subject) => readonly number[] {
  const slots = new FactSlots(readerFor);
  const tests = createConditionTests({ slots, ruleset, operatorAt });
  /**
   * Of each rule where its test is, compiled when first asked for, since most rules meet no finding of a process; and the
   * turn in which it was last looked at, for several ways and several items may lead to it. The two are asked together.
   */
  const rules = new Float64Array(2 * ruleset.rules.length).fill(NOT_COMPILED);
  let turn = 0;
  let found: number[];

  const consider = (rule: number): void => {
    const at = 2 * rule;
    if (rules[at + 1] === turn) return;
    rules[at + 1] = turn;
    if (rules[at] === NOT_COMPILED) rules[at] = tests.compile((ruleset.rules[rule] as Rule).conditions);
    if (tests.holds(rules[at] as number)) found.push(rule);
  };
  const walk = createIndexWalk(buildIndex(entries, slots), slots, consider);

  return (subject) => {
    slots.begin(subject);
    turn += 1;
    found = [];
    walk();
    return found.length > 1 ? found.sort((a, b) => a - b) : found;
  };
}

const NOT_COMPILED = -1;

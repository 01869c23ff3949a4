import type { Rule } from '../../rule.ts';
import type { Ruleset } from '../../ruleset.ts';
import type { EngineOperator } from '../engine-internals.ts';
import type { FactReader, Subject } from '../fact.ts';
import { type ConditionTest, conditionTestOf } from './condition-test.ts';
import { FactSlots } from './fact-slots.ts';
import { type Bucket, buildIndex, type Entry, type IndexNode, nodeOf } from './index-tree.ts';
import { searchIn } from './search.ts';

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
  const slotOf = (fact: string) => slots.slotOf(fact);
  const context = { slots, conditions: ruleset.conditions, operatorAt };
  const tests: (ConditionTest | undefined)[] = new Array(ruleset.rules.length).fill(undefined);
  const testOf = (rule: number): ConditionTest => {
    const known = tests[rule];
    if (known !== undefined) return known;
    const test = conditionTestOf((ruleset.rules[rule] as Rule).conditions, context);
    tests[rule] = test;
    return test;
  };
  const root = buildIndex(entries, slotOf);
  /** The turn in which a rule was last looked at: several ways and several items may lead to it. */
  const seenIn = new Float64Array(ruleset.rules.length);
  let turn = 0;
  let found: number[] = [];

  const consider = (rule: number): void => {
    if (seenIn[rule] === turn) return;
    seenIn[rule] = turn;
    if (testOf(rule)()) found.push(rule);
  };
  const visit = ({ always, lookups }: IndexNode): void => {
    for (const rule of always) consider(rule);
    for (const { slot, ofItem, catalogue } of lookups) {
      const value = slots.read(slot);
      if (!ofItem) searchIn(catalogue, value, enter);
      else if (Array.isArray(value)) for (const item of value) searchIn(catalogue, item, enter);
    }
  };
  const enter = (bucket: Bucket): void => {
    const node = nodeOf(bucket, slotOf);
    if (node === null) for (const { rule } of bucket.entries) consider(rule);
    else visit(node);
  };

  return (subject) => {
    slots.begin(subject);
    turn += 1;
    found = [];
    visit(root);
    return found.length > 1 ? found.sort((a, b) => a - b) : found;
  };
}

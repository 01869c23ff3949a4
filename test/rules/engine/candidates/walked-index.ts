import { FactSlots } from '../../../../lib/rules/engine/candidates/fact-slots.ts';
import { createIndexWalk } from '../../../../lib/rules/engine/candidates/index-code.ts';
import { indexEntriesOf } from '../../../../lib/rules/engine/candidates/index-entries.ts';
import { buildIndex } from '../../../../lib/rules/engine/candidates/index-tree.ts';
import { readerOf, subjectOf } from '../../../../lib/rules/engine/fact.ts';
import type { Condition } from '../../../../lib/rules/rule.ts';
import { ruleOf, rulesetOf } from '../ruleset-of.ts';

export const NOW = Date.parse('2026-06-15T12:00:00Z');
export type Finding = Readonly<Record<string, unknown>>;
export const leaf = (fact: string, operator: string, value: unknown): Condition => ({
  fact,
  operator,
  value,
});
export const all = (...conditions: Condition[]): Condition => ({ all: conditions });
export const times = <T>(count: number, make: (i: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, i) => make(i));

/** Says which rules, by their numbers, an index of conditions has looked at, and which members of the finding it has read. */
export function indexOf(conditions: readonly Condition[]) {
  const ruleset = rulesetOf(
    conditions.map((condition, i) => ruleOf(condition, { name: `${i}`, priority: conditions.length - i })),
  );
  const slots = new FactSlots((fact) => readerOf(fact, ruleset));
  let looked: number[] = [];
  const walk = createIndexWalk(buildIndex(indexEntriesOf(ruleset).entries, slots), slots, (rule) =>
    looked.push(rule),
  );
  return (finding: Finding) => {
    const read = new Set<string>();
    const { member, ...rest } = subjectOf(finding, { detailType: 'x' }, NOW);
    looked = [];
    slots.begin({
      ...rest,
      member: (name) => {
        read.add(name);
        return member(name);
      },
    });
    walk();
    return { looked, read: [...read].sort() };
  };
}

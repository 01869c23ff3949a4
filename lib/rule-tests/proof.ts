import type { Rule } from '../rules/rule.ts';
import type { Ruleset } from '../rules/ruleset.ts';
import { inlineConditions, type Leaf, leavesOf } from './condition-tree.ts';
import { createJudge } from './judge-rule.ts';
import { MUTATIONS, type Mutation, mutate } from './mutate.ts';
import type { RanCase } from './run-case.ts';

/** A condition whose part in the rule its cases do not show. */
export type Weakness =
  /** It is never seen with this result. */
  | { readonly kind: 'unseen'; readonly leaf: Leaf; readonly result: boolean }
  /** Broken in this way, no case comes out otherwise. */
  | { readonly kind: 'unproven'; readonly leaf: Leaf; readonly mutation: Mutation };

export interface Examination {
  /** How many conditions were looked at. */
  readonly of: number;
  readonly weaknesses: readonly Weakness[];
}

/** Looks whether each condition is true in one case and false in another. A known gap shows nothing. */
export function examineCoverage(rule: Rule, ruleset: Ruleset, ran: readonly RanCase[]): Examination {
  const leaves = leavesOf(rule.conditions, ruleset.conditions).filter(({ onElement }) => !onElement);
  const verdicts = ran.filter(({ result }) => result.knownGap === undefined).map(({ verdict }) => verdict);
  const weaknesses = leaves.flatMap((leaf, number) =>
    [true, false]
      .filter((result) => !verdicts.some(({ conditions }) => conditions[number]?.trace.result === result))
      .map((result) => ({ kind: 'unseen', leaf, result }) as const),
  );
  return { of: leaves.length, weaknesses };
}

/**
 * Breaks each condition, those on elements included, and looks whether a case that passes comes out otherwise:
 * matching where it did not, or the other way round. A condition that can be broken unnoticed is not tested.
 */
export async function examineMutants(
  rule: Rule,
  ruleset: Ruleset,
  ran: readonly RanCase[],
): Promise<Examination> {
  const leaves = leavesOf(rule.conditions, ruleset.conditions);
  const whole = inlineConditions(rule.conditions, ruleset.conditions);
  const passed = ran.filter(({ result }) => result.outcome === 'passed');
  const weaknesses: Weakness[] = [];
  for (const leaf of leaves) {
    for (const mutation of MUTATIONS) {
      const mutant = { ...rule, conditions: mutate(whole, leaf.at, mutation) };
      if (await isNoticed(mutant, ruleset, passed)) continue;
      weaknesses.push({ kind: 'unproven', leaf, mutation });
    }
  }
  return { of: leaves.length, weaknesses };
}

async function isNoticed(mutant: Rule, ruleset: Ruleset, passed: readonly RanCase[]): Promise<boolean> {
  const { judge } = createJudge(mutant, ruleset);
  for (const { ruleCase, verdict } of passed) {
    const { matched } = await judge(ruleCase);
    if (matched !== verdict.matched) return true;
  }
  return false;
}

import type { Finding } from '../findings/finding.ts';
import { byWinning } from '../rules/build-ruleset.ts';
import type { Condition, Rule } from '../rules/rule.ts';
import type { Ruleset } from '../rules/ruleset.ts';
import { decide } from '../triage/decide.ts';
import type { ConditionTrace, Decision } from '../triage/decision.ts';
import { isOwnAction } from '../triage/instance.ts';
import { candidateRules } from './candidate-rules.ts';
import { inlineConditions, type Leaf, leavesOf } from './condition-tree.ts';
import { groundOf } from './deciding.ts';
import type { RuleCase } from './rule-test.ts';

/** What `because` calls the last day of a rule that has passed. */
export const EXPIRED = 'expires';

/** What became of the rule under test on one finding. */
export interface Verdict {
  readonly matched: boolean;
  /** Its conditions hold, but its last day has passed. */
  readonly expired: boolean;
  /** False where the rule was not asked: it reads `event.*`, and the event is no custom action of ours. */
  readonly judged: boolean;
  /** Each comparison with the engine's answer, in the rule's order; those on elements are within one of these. */
  readonly conditions: readonly JudgedLeaf[];
}

export interface JudgedLeaf extends Leaf {
  readonly trace: ConditionTrace;
  /** Whether the result of the rule stands on this comparison. */
  readonly decides: boolean;
}

/** Answers for one rule of a ruleset, by the decide function that ships. */
export interface Judge {
  /**
   * Judges the rule itself. Whether its conditions hold depends on no other rule, so it stands alone; but under a
   * custom action of ours others may write first, so there the whole ruleset is asked.
   */
  readonly judge: (ruleCase: RuleCase) => Promise<Verdict>;
  /** Decides with all rules, this one enforced even where it observes. */
  readonly decide: (ruleCase: RuleCase) => Promise<Decision>;
}

/**
 * Sets up the rulesets of one rule once, for compiling them costs more than deciding. The rule may be another one
 * than its namesake in the ruleset, in whose place it then stands.
 */
export function createJudge(rule: Rule, ruleset: Ruleset): Judge {
  const alone = { ...ruleset, rules: [rule] };
  const enforced: Rule = { ...rule, mode: 'enforce' };
  const whole = new Map<string, Ruleset>();
  /** All rules that may have a say, this one in the place of its namesake; the same object for the same ones. */
  const around = (own: Rule, finding: Finding): Ruleset => {
    const others = candidateRules(ruleset, finding).filter(({ name }) => name !== rule.name);
    const rules = [...others, own].sort(byWinning);
    const key = JSON.stringify([own.mode, rules.map(({ name }) => name)]);
    const made = whole.get(key) ?? { ...ruleset, rules };
    whole.set(key, made);
    return made;
  };
  return {
    judge: async (ruleCase) => {
      const { finding, event, nowMs } = ruleCase;
      const asked = isOwnAction(event, ruleset.config) ? around(rule, finding) : alone;
      const { trace } = await decide(finding, event, asked, nowMs, 'all');
      const entry = trace.find((candidate) => candidate.rule === rule.name);
      if (entry === undefined) return { matched: false, expired: false, judged: false, conditions: [] };
      const conditions = judgedLeaves(rule.conditions, ruleset, entry.conditions);
      return { matched: entry.matched, expired: entry.expired, judged: true, conditions };
    },
    decide: async ({ finding, event, nowMs }) =>
      decide(finding, event, around(enforced, finding), nowMs, 'all'),
  };
}

function judgedLeaves(
  conditions: Condition,
  ruleset: Ruleset,
  traces: readonly ConditionTrace[],
): readonly JudgedLeaf[] {
  const leaves = leavesOf(conditions, ruleset.conditions).filter(({ onElement }) => !onElement);
  const whole = inlineConditions(conditions, ruleset.conditions);
  const deciding = new Set(
    groundOf(
      whole,
      traces.map(({ result }) => result),
    ).leaves,
  );
  return leaves.map((leaf, number) => {
    const trace = traces[number];
    // The engine asks every comparison, for no fact has a priority of its own: so the two lists run side by side.
    if (trace === undefined || traces.length !== leaves.length || trace.fact !== leaf.leaf.fact) {
      throw new Error('The trace does not follow the conditions of the rule.');
    }
    return { ...leaf, trace, decides: deciding.has(number) };
  });
}

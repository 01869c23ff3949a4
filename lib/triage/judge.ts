import type { CompiledRule, CompiledRuleset } from '../rules/engine/compiled-ruleset.ts';
import type { EvaluatedCondition } from '../rules/engine/engine-internals.ts';
import type { Subject } from '../rules/engine/fact.ts';
import type { ConditionTrace, TraceDetail } from './decision.ts';

/** What json-rules-engine says of one rule on one view. */
export interface Judgement {
  readonly compiled: CompiledRule;
  readonly matched: boolean;
  /** Past its last day: it would match, but does not count. */
  readonly expired: boolean;
  /** Empty unless the full trace is asked for. */
  readonly conditions: readonly ConditionTrace[];
}

const NONE: readonly Judgement[] = [];

/**
 * Has the engine judge the rules that `eligible` lets through, in winning order: those that the index cannot rule
 * out, of which the ones that match are told; or for the full trace every single one. Where there is nothing to ask
 * the engine the answer is no promise, so that nothing is awaited.
 */
export function judgeRules(
  ruleset: CompiledRuleset,
  subject: Subject,
  eligible: (rule: CompiledRule) => boolean,
  detail: TraceDetail,
): readonly Judgement[] | Promise<readonly Judgement[]> {
  const candidates = detail === 'all' ? ruleset.rules : ruleset.candidatesFor(subject);
  if (candidates.length === 0) return NONE;
  const rules = candidates.filter(eligible);
  return rules.length === 0 ? NONE : askEngine(rules, subject, detail);
}

async function askEngine(
  rules: readonly CompiledRule[],
  subject: Subject,
  detail: TraceDetail,
): Promise<readonly Judgement[]> {
  const judgements: Judgement[] = [];
  for (const compiled of rules) {
    const expired = subject.nowMs > compiled.lastInstantMs;
    if (detail === 'all') {
      const { matched, conditions } = await compiled.judge(subject);
      judgements.push({ compiled, matched, expired, conditions: leavesOf(conditions) });
    } else if (await compiled.confirm(subject)) {
      judgements.push({ compiled, matched: true, expired, conditions: [] });
    }
  }
  return judgements;
}

/** The leaf conditions, in the rule's order. */
function leavesOf(condition: EvaluatedCondition): readonly ConditionTrace[] {
  if ('all' in condition) return condition.all.flatMap(leavesOf);
  if ('any' in condition) return condition.any.flatMap(leavesOf);
  if ('not' in condition) return leavesOf(condition.not);
  return [
    {
      ...(condition.name !== undefined && { name: condition.name }),
      fact: condition.fact,
      operator: condition.operator,
      expected: condition.valueResult,
      actual: condition.factResult,
      result: condition.result,
    },
  ];
}

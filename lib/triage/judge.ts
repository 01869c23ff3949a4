import type { CompiledRule, CompiledRuleset } from '../rules/engine/compiled-ruleset.ts';
import type { EvaluatedCondition } from '../rules/engine/engine-internals.ts';
import type { Subject } from '../rules/engine/fact.ts';
import type { ConditionTrace } from './decision.ts';

/** What json-rules-engine says of one rule on one view. */
export interface Judgement {
  readonly compiled: CompiledRule;
  readonly matched: boolean;
  readonly conditions: readonly ConditionTrace[];
}

/** Has the engine judge the rules that `eligible` lets through, in winning order. */
export async function judgeRules(
  ruleset: CompiledRuleset,
  subject: Subject,
  eligible: (rule: CompiledRule) => boolean,
): Promise<readonly Judgement[]> {
  const almanac = ruleset.almanacFor(subject);
  const judgements: Judgement[] = [];
  for (const compiled of ruleset.rules) {
    if (!eligible(compiled)) continue;
    const { matched, conditions } = await compiled.judge(almanac);
    judgements.push({ compiled, matched, conditions: leavesOf(conditions) });
  }
  return judgements;
}

/** The leaf conditions that were evaluated, in the rule's order. */
function leavesOf(condition: EvaluatedCondition): readonly ConditionTrace[] {
  const inner = condition.all ?? condition.any ?? (condition.not && [condition.not]);
  if (inner) return inner.flatMap(leavesOf);
  if (condition.fact === undefined || condition.operator === undefined || condition.result === undefined)
    return [];
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

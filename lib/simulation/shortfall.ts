import type { Condition, LeafCondition } from '../rules/rule.ts';
import type { Ruleset } from '../rules/ruleset.ts';
import type { ConditionTrace } from '../triage/decision.ts';

/** A comparison as it was judged, and whether it came out as its rule needs it: below a `not` it has to fail. */
export interface JudgedCondition extends ConditionTrace {
  readonly fits: boolean;
}

export interface Shortfall {
  /** All comparisons in the order of the rule. */
  readonly conditions: readonly JudgedCondition[];
  /** The comparisons of the cheapest way to a match: of an `any`, the branch that is nearest. */
  readonly needed: readonly JudgedCondition[];
  /** Those of `needed` that would have to come out otherwise; none where the rule matches. */
  readonly failing: readonly JudgedCondition[];
}

/**
 * Says how far a rule is from a match, by the engine's own results: the fewest comparisons that would have to turn.
 * `traces` are the results in the rule's order; shared conditions are looked up in `shared`.
 */
export function shortfallOf(
  condition: Condition,
  traces: readonly ConditionTrace[],
  shared: Ruleset['conditions'],
): Shortfall {
  const conditions: JudgedCondition[] = [];
  const needed = visit(condition, true);
  return { conditions, needed, failing: needed.filter(({ fits }) => !fits) };

  function visit(node: Condition, wanted: boolean): readonly JudgedCondition[] {
    const below = (nodes: readonly Condition[]) => nodes.map((inner) => visit(inner, wanted));
    if ('all' in node) return wanted ? below(node.all).flat() : nearest(below(node.all));
    if ('any' in node) return wanted ? nearest(below(node.any)) : below(node.any).flat();
    if ('not' in node) return visit(node.not, !wanted);
    if ('condition' in node) return visit(targetOf(node.condition, shared), wanted);
    return [judge(node, wanted)];
  }

  function judge(leaf: LeafCondition, wanted: boolean): JudgedCondition {
    const trace = traces[conditions.length];
    // The engine judges every comparison, for none has a priority: the two lists run side by side.
    if (trace === undefined || trace.fact !== leaf.fact)
      throw new Error(`The trace does not follow the rule at ${leaf.fact}.`);
    const judged = { ...trace, fits: trace.result === wanted };
    conditions.push(judged);
    return judged;
  }
}

/** The branch with the fewest that fail, then the first. */
function nearest(branches: readonly (readonly JudgedCondition[])[]): readonly JudgedCondition[] {
  const failing = (branch: readonly JudgedCondition[]) => branch.filter(({ fits }) => !fits).length;
  return [...branches].sort((a, b) => failing(a) - failing(b))[0] ?? [];
}

function targetOf(name: string, shared: Ruleset['conditions']): Condition {
  const target = shared[name];
  // Loading refuses references that lead nowhere, and those that lead back to themselves.
  if (target === undefined) throw new Error(`There is no condition "${name}".`);
  return target;
}

import { escapeText } from '../rules/escape-text.ts';
import type { Rule } from '../rules/rule.ts';
import type { Ruleset } from '../rules/ruleset.ts';
import { compareUpdate, compareWinner } from './compare-decision.ts';
import { titleOf } from './condition-tree.ts';
import { EXPIRED, type Judge, type Verdict } from './judge-rule.ts';
import type { CaseResult, ConditionRow, Mismatch } from './report.ts';
import type { Expectation, RuleCase } from './rule-test.ts';
import { showOutcome, showValue, showVerdict } from './show.ts';

/** A case with what came of it, and the verdict that coverage is counted from. */
export interface RanCase {
  readonly ruleCase: RuleCase;
  readonly verdict: Verdict;
  readonly result: CaseResult;
}

/** Runs one case. All rules together are asked only where the case speaks of them, or has failed. */
export async function runCase(
  rule: Rule,
  ruleset: Ruleset,
  judge: Judge,
  ruleCase: RuleCase,
): Promise<RanCase> {
  const { expect, knownGap, generated, name, file, line, column } = ruleCase;
  const verdict = await judge.judge(ruleCase);
  const held = holds(verdict, expect);
  const needsAll = !held || expect.update !== undefined || expect.winner !== undefined;
  const decision = needsAll ? await judge.decide(ruleCase) : null;
  const mismatches: Mismatch[] = [];
  if (!held && decision !== null) {
    const outcome = verdict.matched ? ` → ${showOutcome(decision)}` : '';
    mismatches.push({ expected: showWanted(verdict, expect), actual: showVerdict(verdict) + outcome });
  }
  if (decision !== null) {
    mismatches.push(
      ...compareUpdate(rule, ruleset, decision, expect),
      ...compareWinner(rule, ruleset, decision, expect),
    );
  }
  const result = { rule: rule.name, name, ...(generated && { generated }), file, line, column } as const;
  if (knownGap !== undefined) {
    const closed = mismatches.length === 0;
    const remedy = {
      expected: `a known gap: ${escapeText(knownGap)}`,
      actual: 'the case holds; remove its "knownGap"',
    };
    return {
      ruleCase,
      verdict,
      result: {
        ...result,
        knownGap,
        outcome: closed ? 'failed' : 'gap',
        mismatches: closed ? [remedy] : mismatches,
        conditions: closed ? [] : rowsOf(verdict, expect),
      },
    };
  }
  const failed = mismatches.length > 0;
  return {
    ruleCase,
    verdict,
    result: {
      ...result,
      outcome: failed ? 'failed' : 'passed',
      mismatches,
      conditions: failed ? rowsOf(verdict, expect) : [],
    },
  };
}

/** Whether the rule did what it should, and where a reason is given for that reason alone. */
function holds(verdict: Verdict, { matches, because }: Expectation): boolean {
  if (verdict.matched !== matches) return false;
  if (because === undefined) return true;
  if (verdict.expired) return because === EXPIRED;
  const deciding = verdict.conditions.filter(({ decides }) => decides);
  return deciding.length > 0 && deciding.every(({ labels }) => labels.includes(because));
}

function showWanted({ conditions }: Verdict, { matches, because }: Expectation): string {
  if (matches) return 'match';
  if (because === undefined) return 'no match';
  if (because === EXPIRED) return 'no match, because its last day has passed';
  const own = conditions.find(({ leaf }) => leaf.name === because);
  return `no match, because "${escapeText(because)}" is ${own?.negated === true}`;
}

function rowsOf(verdict: Verdict, expect: Expectation): readonly ConditionRow[] {
  return verdict.conditions.map((leaf) => {
    const { trace, decides, labels } = leaf;
    const { matches, because } = expect;
    const named = because !== undefined && labels.includes(because);
    // Of a case that must match, whatever keeps it from matching; of one that must not, what should and what should not.
    const amiss = matches
      ? !verdict.matched && decides
      : because !== undefined && named !== decidesAgainst(leaf);
    return {
      name: escapeText(titleOf(leaf)),
      fact: escapeText(trace.fact),
      expected: `${escapeText(trace.operator)} ${showValue(trace.expected)}`,
      actual: showValue(trace.actual),
      result: trace.result,
      ...(amiss && !verdict.expired && { wanted: !trace.result }),
    };
  });

  function decidesAgainst({ decides }: { readonly decides: boolean }): boolean {
    return !verdict.matched && decides;
  }
}

import type { Finding } from '../../findings/finding.ts';
import type { TriageEvent } from '../../findings/triage-event.ts';
import type { Ruleset } from '../../rules/ruleset.ts';
import { decide } from '../../triage/decide.ts';
import type { Decision } from '../../triage/decision.ts';
import type { OutcomeKind } from '../../triage/outcome.ts';
import type { Standing } from '../compare.ts';
import type { ReportSeverity } from '../simulation-report.ts';
import { standingAfter } from './standing.ts';
import type { Ruled } from './verdict.ts';

/** A decision with how the finding would stand by it. */
export interface DecidedFinding {
  readonly decision: Decision;
  readonly standing: Standing;
  readonly ruled: Ruled;
}

const OUTCOME_OF: Readonly<Record<Decision['kind'], OutcomeKind>> = {
  update: 'updated',
  held: 'held',
  observed: 'observed',
  unchanged: 'unchanged',
  deadLetter: 'deadLettered',
};

/** Has the product decide a finding. A fault that one finding brings out is its own outcome, as in the function. */
export async function decideOne(
  finding: Finding,
  event: TriageEvent,
  now: Standing,
  ruleset: Ruleset,
  nowMs: number,
): Promise<DecidedFinding> {
  const decision = await decideSafely(finding, event, ruleset, nowMs);
  const standing = standingAfter(finding, now, decision, ruleset.config);
  const { kind, rules, held, trace } = decision;
  const decided = kind === 'observed' ? [] : rules;
  return {
    decision,
    standing,
    ruled: {
      outcome: OUTCOME_OF[kind],
      workflow: standing.workflow,
      severity: standing.severity as ReportSeverity,
      noOp: kind === 'unchanged' && decided.length > 0,
      heldBy: [...new Set(held.map(({ by }) => by))].sort(),
      matched: trace.flatMap(({ rule, matched }) => (matched ? [rule] : [])),
      decided,
    },
  };
}

async function decideSafely(
  finding: Finding,
  event: TriageEvent,
  ruleset: Ruleset,
  nowMs: number,
): Promise<Decision> {
  try {
    return await decide(finding, event, ruleset, nowMs);
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown';
    return {
      finding: { Id: finding.Id, ProductArn: finding.ProductArn },
      kind: 'deadLetter',
      update: null,
      rules: [],
      held: [],
      observed: null,
      cause: { code: 'DecisionFailed', message: `Deciding this finding failed with ${name}` },
      newlySuppressed: false,
      trace: [],
    };
  }
}

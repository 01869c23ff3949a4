import type { HeldBy } from '../../triage/decision.ts';
import type { OutcomeKind } from '../../triage/outcome.ts';
import type { ChangeKind, ReportSeverity } from '../simulation-report.ts';

/** What one ruleset makes of a finding, as far as it is counted. */
export interface Ruled {
  readonly outcome: OutcomeKind;
  readonly workflow: string;
  readonly severity: ReportSeverity;
  /** Rules decided something, and it stands already. */
  readonly noOp: boolean;
  readonly heldBy: readonly HeldBy[];
  readonly matched: readonly string[];
  readonly decided: readonly string[];
}

/**
 * Everything a report counts of one finding. An account has few kinds of findings: equal verdicts are kept once, with
 * the number of findings that have them, so that memory depends on rules and not on findings.
 */
export interface Verdict {
  readonly now: { readonly workflow: string; readonly severity: ReportSeverity };
  /** The provider's. */
  readonly severity: ReportSeverity;
  readonly ruled: Ruled;
  readonly base: Ruled | null;
  readonly change: ChangeKind | null;
  /** Of newly suppressed findings alone: who hides what, and when it was updated. */
  readonly hidden: {
    readonly account: string;
    readonly day: string | null;
    readonly rules: readonly string[];
  } | null;
}

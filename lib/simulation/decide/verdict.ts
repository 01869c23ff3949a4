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
 * the number of findings that have them. Where rules overlap there are as many as sets of rules that meet: the table of
 * verdicts keeps names of rules as numbers.
 */
export interface Verdict {
  readonly now: { readonly workflow: string; readonly severity: ReportSeverity };
  /** The provider's. */
  readonly severity: ReportSeverity;
  readonly ruled: Ruled;
  readonly base: Ruled | null;
  readonly change: ChangeKind | null;
  /** An export exchanged its names for others. */
  readonly redacted: boolean;
  /**
   * The rules to which it is due that a finding goes out of sight or comes back; none of other changes. Its account and
   * day are no part of a verdict: one wide rule would make a verdict of each pair of them.
   */
  readonly dueTo: readonly string[];
  /** Where it was asked for. */
  readonly suppression: Suppression | null;
}

/** How a finding stands towards the rules that suppress, and towards rules that were. */
export interface Suppression {
  /** The enforced rule by which the finding stands suppressed. */
  readonly by: string | null;
  /** The enforced rule that would suppress it, and does not: something else was respected, or nothing can be sent. */
  readonly heldFrom: string | null;
  /** Rules that would match, had they not ended. */
  readonly ended: readonly string[];
  /** Rules that our mark on it names and that are no more. */
  readonly gone: readonly string[];
  /** Something of our mark suppresses it still. */
  readonly markSuppresses: boolean;
}

import type { LastCommit } from '../revisions/last-commits.ts';
import type { ReasonCode, Rule } from '../rules/rule.ts';
import type { CountsBySeverity, SimulationReport } from '../simulation/simulation-report.ts';

/** `ended`: its last day is over, so it suppresses nothing, whatever its mode. */
export type SuppressionState = 'inForce' | 'observing' | 'ended';
export const SUPPRESSION_STATES = ['inForce', 'observing', 'ended'] as const satisfies SuppressionState[];

/** The day that a suppression is bound to: its end, or the review of one that never ends. */
export interface DueDay {
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string;
  readonly of: 'end' | 'review';
  /** 1 on the day itself, 0 or less once it is over. */
  readonly daysLeft: number;
}

/** Counts of distinct findings (ProductArn and Id), by the severity their provider gave. */
export interface SuppressionCounts {
  /** They stand suppressed, and this rule is the one that decides it. */
  readonly suppressed: CountsBySeverity;
  /** It would suppress them, and something else was respected: a person's value, a hold, CRITICAL without allowCritical. */
  readonly held: CountsBySeverity;
  /** Its conditions hold, whatever rule wins; of one that ended, those it would match. */
  readonly matched: CountsBySeverity;
  /** UpdatedAt of the newest finding it matches, ISO 8601; null where there is none or none says it. */
  readonly lastMatched: string | null;
}

/** One rule that suppresses, or one row of exceptions. */
export interface SuppressionRow {
  readonly rule: string;
  readonly kind: 'rule' | 'exception';
  /** The file as people name it from where they stand, and the line where it begins. */
  readonly place: { readonly file: string; readonly line: number };
  readonly description: string | null;
  readonly owner: string;
  readonly reasonCode: ReasonCode | null;
  readonly reason: string | null;
  readonly ticket: string | null;
  readonly mode: Rule['mode'];
  /** It asks for a custom action, so exported findings match it never: people do, one by one. */
  readonly onAction: boolean;
  readonly state: SuppressionState;
  /** `YYYY-MM-DD`, `never`, or null where the rule says nothing. */
  readonly expires: string | null;
  readonly due: DueDay | null;
  /** The last commit of its file or row: who agreed to what stands there. Null where it is in no commit, or nobody knows. */
  readonly lastCommit: LastCommit | null;
  /** Null without findings. */
  readonly counts: SuppressionCounts | null;
}

/** A rule that marks on findings name, and that is no more. */
export interface GoneRule {
  readonly rule: string;
  /** Findings whose mark names it. */
  readonly findings: CountsBySeverity;
  /** Of these, those that stand suppressed by us until their next event or the sweep. */
  readonly suppressed: CountsBySeverity;
}

/** What the findings at hand cover; they say nothing of others. */
export interface FindingsCovered extends Readonly<SimulationReport['findings']> {
  /** Of the last 90 days (UTC), those from the first UpdatedAt to the last. */
  readonly coveredDays: number;
  readonly bySeverity: CountsBySeverity;
  /** Marks name no rules where the configuration leaves them to the log. */
  readonly marksNameRules: boolean;
  /** Reading was interrupted: the counts are of what was read by then. */
  readonly partial: boolean;
}

/** The result of `triage report`, whatever the format it is told in. */
export interface SuppressionReport {
  readonly version: 1;
  /** The instant of all dates and decisions, ISO 8601. */
  readonly now: string;
  /** Whose suppressions alone are reported; null for all. */
  readonly owner: string | null;
  /** How many days ahead `expiring` looks. */
  readonly expiringDays: number;
  /** Rules that were read, rows of exceptions among them; those that do not suppress are not reported. */
  readonly rules: number;
  /** Why no last commits are told; null where they are. */
  readonly commitsUnknown: string | null;
  readonly findings: FindingsCovered | null;
  /** In force first, then observing, then ended; in each the first to end first. */
  readonly suppressions: readonly SuppressionRow[];
  /** Sums over the suppressions above; null without findings. */
  readonly totals: { readonly suppressed: CountsBySeverity; readonly held: CountsBySeverity } | null;
  /** Names of suppressions whose day is over: they ended, or their review was due. */
  readonly expired: readonly string[];
  /** Names of those whose day comes within `expiringDays`. */
  readonly expiring: readonly string[];
  /** Names of those that match no finding updated within 90 days, custom actions apart; null without findings. See `coveredDays`. */
  readonly unmatched: readonly string[] | null;
  /** Most findings first; null without findings. Nobody owns them, so `owner` leaves them in. */
  readonly gone: readonly GoneRule[] | null;
}

/**
 * Security Hub deletes a finding 90 days after its last update:
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings.html
 */
export const UNMATCHED_DAYS = 90;

import type { OutcomeKind } from '../triage/outcome.ts';

/** The severities of a finding as its provider gave them, highest first; `NONE` where it has none that is known. */
export const REPORT_SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL', 'NONE'] as const;
export type ReportSeverity = (typeof REPORT_SEVERITIES)[number];

export type CountsBySeverity = Readonly<Record<ReportSeverity, number>>;

/** What a ruleset makes of the findings that were read. Counts are of distinct findings (ProductArn and Id). */
export interface RulesetFigures {
  readonly rules: number;
  readonly outcomes: Readonly<Partial<Record<OutcomeKind, number>>>;
  /** How the findings would stand afterwards, by workflow status and by severity label. */
  readonly workflow: Readonly<Record<string, number>>;
  readonly severity: CountsBySeverity;
  /** Updates left out because everything stands already as it is wanted. */
  readonly noOps: number;
  /** Findings on which something was held back, by whom (a person, a native rule, …). */
  readonly held: Readonly<Record<string, number>>;
  /** BatchUpdateFindings calls of at most 100 findings, in batches as the deployed function would receive them. */
  readonly calls: number;
  /** Findings in a call, of 100, on average. */
  readonly batchFill: number;
  /** Seconds of the account's quota (10 calls/s) that the calls take. */
  readonly quotaSeconds: number;
  /** By rule: findings it matched, and findings of which it decided something. */
  readonly byRule: readonly { readonly rule: string; readonly matched: number; readonly decided: number }[];
}

/** What became of one finding under two rulesets. */
export type ChangeKind =
  | 'newlySuppressed'
  | 'noLongerSuppressed'
  | 'severityLowered'
  | 'severityRaised'
  | 'workflowChanged'
  | 'otherFieldsChanged';

/** A finding that two rulesets leave differently, as a row to look at. All texts are the finding's own: untrusted. */
export interface ChangedFinding {
  readonly Id: string;
  readonly ProductArn: string;
  readonly AwsAccountId: string;
  readonly product: string;
  readonly title: string;
  readonly resource: string;
  readonly severity: ReportSeverity;
  readonly change: ChangeKind;
  /** How it would stand under the base and under the changed rules. */
  readonly before: { readonly workflow: string; readonly severity: string };
  readonly after: { readonly workflow: string; readonly severity: string };
  /** The rules that decide it in the changed ruleset; those of the base where none does any more. */
  readonly rules: readonly string[];
  /** Day (`YYYY-MM-DD`, UTC) of UpdatedAt, or null. */
  readonly day: string | null;
}

export interface Comparison {
  readonly base: { readonly ref: string; readonly commit: string; readonly figures: RulesetFigures };
  /** Rules that were added, removed or changed, by name. */
  readonly changedRules: readonly {
    readonly rule: string;
    readonly change: 'added' | 'removed' | 'changed';
  }[];
  readonly changes: Readonly<Record<ChangeKind, CountsBySeverity>>;
  readonly unchanged: number;
  /** Findings to look at: newly hidden CRITICAL and HIGH first, then by change and severity; at most 1,000 of each change. */
  readonly findings: readonly ChangedFinding[];
  /** Newly suppressed findings by day, by account and rule, for charts. */
  readonly newlySuppressedByDay: readonly { readonly day: string; readonly count: number }[];
  readonly newlySuppressedByAccountAndRule: readonly {
    readonly account: string;
    readonly rule: string;
    readonly count: number;
  }[];
}

/** The result of `triage simulate`, whatever the format it is told in. */
export interface SimulationReport {
  readonly version: 1;
  /** The instant of the decisions, ISO 8601. */
  readonly now: string;
  readonly findings: {
    readonly read: number;
    readonly distinct: number;
    readonly duplicates: number;
    /** Without Id or ProductArn: they cannot be decided. */
    readonly invalid: number;
    /** First and last UpdatedAt seen, ISO 8601; null without any. */
    readonly from: string | null;
    readonly to: string | null;
  };
  readonly figures: RulesetFigures;
  /** Counts by workflow status and severity as the findings stand now, before any decision. */
  readonly standing: {
    readonly workflow: Readonly<Record<string, number>>;
    readonly severity: CountsBySeverity;
  };
  readonly comparison: Comparison | null;
  /** True where reading was interrupted: the counts are of what was read by then. */
  readonly partial: boolean;
}

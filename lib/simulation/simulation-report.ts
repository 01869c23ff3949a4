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
  | 'newlyResolved'
  | 'noLongerSuppressed'
  | 'noLongerResolved'
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
  /** The rules the change is due to: those that decide the field it shows in; of the base where none does any more. */
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
  /** Findings to look at: newly hidden (suppressed or resolved) CRITICAL and HIGH first, then by change and severity; at most 1,000 of each change and severity. */
  readonly findings: readonly ChangedFinding[];
  /** Where and when findings go out of sight, or come back: for charts. */
  readonly spread: Readonly<Record<SightChange, Spread>>;
}

/** The changes by which findings are no longer to be done, or are again. */
export type SightChange = Extract<
  ChangeKind,
  'newlySuppressed' | 'newlyResolved' | 'noLongerSuppressed' | 'noLongerResolved'
>;

/** The findings of one change, counted in two ways. Whatever the findings say, a list has so many entries at most. */
export interface Spread {
  /** By the day of UpdatedAt (`YYYY-MM-DD`, UTC), in order: the latest 4,000 days. With the two below they sum to all. */
  readonly byDay: readonly { readonly day: string; readonly count: number }[];
  /** Findings of days before those. */
  readonly earlier: number;
  /** Findings that do not say when they were updated. */
  readonly undated: number;
  /**
   * The 10,000 pairs with most findings, in the order of account and rule. `unknown` is an account that has not twelve
   * digits, and an empty rule is none: something else than a rule changed. A finding due to two rules counts twice.
   */
  readonly byAccountAndRule: readonly {
    readonly account: string;
    readonly rule: string;
    readonly count: number;
  }[];
  /** The pairs left out, and the sum of their findings. */
  readonly more: { readonly pairs: number; readonly findings: number };
}

/** What a gate allows, and what there was. */
export interface GateResult {
  readonly option: '--forbid-newly-suppressed' | '--max-newly-suppressed';
  /** The provider's severity that it forbids to hide; null where it counts findings of any. */
  readonly severity: ReportSeverity | null;
  /** Newly suppressed and newly resolved findings: as many as are allowed, and as many as there are. */
  readonly limit: number;
  readonly found: number;
  readonly tripped: boolean;
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
    /** Places of the input that could not be read, with the first few: whatever stands there is not counted. */
    readonly unreadable: {
      readonly count: number;
      readonly first: readonly { readonly place: string; readonly message: string }[];
    };
    /** Distinct findings that `triage export` redacted: rules that name somebody or something miss them. */
    readonly redacted: number;
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
  /** The gates that were asked for. */
  readonly gates: readonly GateResult[];
  /** True where rules that observe were decided by as if they were enforced. */
  readonly asEnforced: boolean;
  /** True where reading was interrupted: the counts are of what was read by then. */
  readonly partial: boolean;
}

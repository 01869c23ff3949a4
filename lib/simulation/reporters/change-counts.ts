import {
  type ChangedFinding,
  type ChangeKind,
  type Comparison,
  type CountsBySeverity,
  REPORT_SEVERITIES,
  type ReportSeverity,
} from '../simulation-report.ts';

/** What can become of a finding, and how it is called. */
export const CHANGES = {
  newlySuppressed: 'newly suppressed',
  noLongerSuppressed: 'no longer suppressed',
  severityLowered: 'severity lowered',
  severityRaised: 'severity raised',
  workflowChanged: 'workflow changed otherwise',
  otherFieldsChanged: 'other fields changed',
} as const satisfies Record<ChangeKind, string>;

/** What is said even where there is none: its absence is what reviewers look for. */
export const ALWAYS: readonly ChangeKind[] = ['newlySuppressed', 'noLongerSuppressed'];

/** What is worst to hide comes first, everywhere. */
export const HIDDEN_FIRST = ['CRITICAL', 'HIGH'] as const satisfies readonly ReportSeverity[];

export function totalOf(counts: CountsBySeverity): number {
  return REPORT_SEVERITIES.reduce((total, severity) => total + counts[severity], 0);
}

/** The newly suppressed findings of one severity: the rows at hand, and how many there are in all. */
export function newlyHidden(
  { findings, changes }: Comparison,
  severity: ReportSeverity,
): { readonly rows: readonly ChangedFinding[]; readonly total: number } {
  const rows = findings.filter((row) => row.change === 'newlySuppressed' && row.severity === severity);
  return { rows, total: changes.newlySuppressed[severity] };
}

/** The rows that `newlyHidden` does not show first, of one kind of change, and how many there are in all. */
export function otherChanges(
  { findings, changes }: Comparison,
  kind: ChangeKind,
): { readonly rows: readonly ChangedFinding[]; readonly total: number } {
  const isFirst = ({ change, severity }: ChangedFinding) =>
    change === 'newlySuppressed' && HIDDEN_FIRST.some((first) => first === severity);
  const shownBefore =
    kind === 'newlySuppressed'
      ? HIDDEN_FIRST.reduce((sum, severity) => sum + changes.newlySuppressed[severity], 0)
      : 0;
  const rows = findings.filter((row) => row.change === kind && !isFirst(row));
  return { rows, total: totalOf(changes[kind]) - shownBefore };
}

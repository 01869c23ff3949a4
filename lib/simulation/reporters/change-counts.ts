import { HIDDEN_FIRST, hiddenCount, isHiddenFirst, isHiding } from '../hiding.ts';
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
  newlyResolved: 'newly resolved',
  noLongerSuppressed: 'no longer suppressed',
  noLongerResolved: 'no longer resolved',
  severityLowered: 'severity lowered',
  severityRaised: 'severity raised',
  workflowChanged: 'workflow changed otherwise',
  otherFieldsChanged: 'other fields changed',
} as const satisfies Record<ChangeKind, string>;

/** What is said even where there is none: its absence is what reviewers look for. */
export const ALWAYS: readonly ChangeKind[] = ['newlySuppressed', 'noLongerSuppressed'];

export function totalOf(counts: CountsBySeverity): number {
  return REPORT_SEVERITIES.reduce((total, severity) => total + counts[severity], 0);
}

/** The findings of one severity that would be suppressed or resolved: the rows at hand, and how many there are in all. */
export function newlyHidden(
  { findings, changes }: Comparison,
  severity: ReportSeverity,
): { readonly rows: readonly ChangedFinding[]; readonly total: number } {
  const rows = findings.filter((row) => isHiding(row.change) && row.severity === severity);
  return { rows, total: hiddenCount(changes, severity) };
}

/** The title of a list of what `otherChanges` gives. */
export function otherTitle(kind: ChangeKind): string {
  return isHiding(kind) ? `${CHANGES[kind]}, MEDIUM and below` : CHANGES[kind];
}

/** The rows that `newlyHidden` does not show first, of one kind of change, and how many there are in all. */
export function otherChanges(
  { findings, changes }: Comparison,
  kind: ChangeKind,
): { readonly rows: readonly ChangedFinding[]; readonly total: number } {
  const shownBefore = isHiding(kind)
    ? HIDDEN_FIRST.reduce((sum, severity) => sum + changes[kind][severity], 0)
    : 0;
  const rows = findings.filter((row) => row.change === kind && !isHiddenFirst(row.change, row.severity));
  return { rows, total: totalOf(changes[kind]) - shownBefore };
}

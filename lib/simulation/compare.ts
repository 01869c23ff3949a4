import { SEVERITY_LABELS } from '../findings/finding.ts';
import type { ChangeKind } from './simulation-report.ts';

/** How a finding would stand under one ruleset. */
export interface Standing {
  readonly workflow: string;
  readonly severity: string;
  /** Everything else that would be sent, without our own marks: equal texts exactly for equal fields. */
  readonly others: string;
}

/** The kinds of change from the one to look at first to the last, which is also the order in which one is chosen. */
export const CHANGE_KINDS = [
  'newlySuppressed',
  'noLongerSuppressed',
  'severityLowered',
  'severityRaised',
  'workflowChanged',
  'otherFieldsChanged',
] as const satisfies readonly ChangeKind[];

/**
 * What two rulesets make different of one finding; null where it would stand alike. One kind a finding, the weightiest:
 * hidden or shown again, then its severity, its status, and the rest. Swapping the two swaps gains and losses.
 */
export function compareStandings(before: Standing, after: Standing): ChangeKind | null {
  const wasHidden = before.workflow === 'SUPPRESSED';
  const isHidden = after.workflow === 'SUPPRESSED';
  if (wasHidden !== isHidden) return isHidden ? 'newlySuppressed' : 'noLongerSuppressed';
  if (before.severity !== after.severity)
    return rankOf(after.severity) < rankOf(before.severity) ? 'severityLowered' : 'severityRaised';
  if (before.workflow !== after.workflow) return 'workflowChanged';
  return before.others === after.others ? null : 'otherFieldsChanged';
}

/** No label ranks lowest: to lose one's severity is to be lowered. */
function rankOf(label: string): number {
  return (SEVERITY_LABELS as readonly string[]).indexOf(label);
}

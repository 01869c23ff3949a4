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
  'newlyResolved',
  'noLongerSuppressed',
  'noLongerResolved',
  'severityLowered',
  'severityRaised',
  'workflowChanged',
  'otherFieldsChanged',
] as const satisfies readonly ChangeKind[];

/**
 * What two rulesets make different of one finding; null where it would stand alike. One kind a finding, the weightiest:
 * hidden or shown again, then its severity, its status, and the rest. Swapping the two swaps gains and losses, save
 * between RESOLVED and SUPPRESSED: what is resolved comes back when it is seen again, and what is suppressed does not,
 * so to be suppressed hides more, and to be resolved instead opens nothing.
 */
export function compareStandings(before: Standing, after: Standing): ChangeKind | null {
  const [was, is] = [before.workflow, after.workflow];
  if (is === 'SUPPRESSED' && was !== 'SUPPRESSED') return 'newlySuppressed';
  if (is === 'RESOLVED' && !isHidden(was)) return 'newlyResolved';
  if (isHidden(was) && !isHidden(is)) return was === 'SUPPRESSED' ? 'noLongerSuppressed' : 'noLongerResolved';
  if (before.severity !== after.severity)
    return rankOf(after.severity) < rankOf(before.severity) ? 'severityLowered' : 'severityRaised';
  if (before.workflow !== after.workflow) return 'workflowChanged';
  return before.others === after.others ? null : 'otherFieldsChanged';
}

/** Neither stands in the lists of what is to be done: Security Hub shows NEW and NOTIFIED there. */
function isHidden(workflow: string): boolean {
  return workflow === 'SUPPRESSED' || workflow === 'RESOLVED';
}

/** No label ranks lowest: to lose one's severity is to be lowered. */
function rankOf(label: string): number {
  return (SEVERITY_LABELS as readonly string[]).indexOf(label);
}

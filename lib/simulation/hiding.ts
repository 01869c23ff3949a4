import type { ChangeKind, Comparison, ReportSeverity, SightChange } from './simulation-report.ts';

/** The changes that take findings out of sight. */
const HIDING_KINDS = ['newlySuppressed', 'newlyResolved'] as const satisfies readonly ChangeKind[];

/** Those and their opposites, from the one to look at first to the last. */
export const SIGHT_CHANGES = [
  ...HIDING_KINDS,
  'noLongerSuppressed',
  'noLongerResolved',
] as const satisfies readonly SightChange[];

export function isSightChange(kind: ChangeKind | null): kind is SightChange {
  return SIGHT_CHANGES.some((one) => one === kind);
}

/** What is worst to hide comes first, everywhere. */
export const HIDDEN_FIRST = ['CRITICAL', 'HIGH'] as const satisfies readonly ReportSeverity[];

export function isHiding(kind: ChangeKind): boolean {
  return HIDING_KINDS.some((hiding) => hiding === kind);
}

/** Whether nobody should hide it unseen. */
export function isHiddenFirst(kind: ChangeKind, severity: ReportSeverity): boolean {
  return isHiding(kind) && HIDDEN_FIRST.some((first) => first === severity);
}

/** How many findings of one severity would be suppressed or resolved. */
export function hiddenCount(changes: Comparison['changes'], severity: ReportSeverity): number {
  return HIDING_KINDS.reduce((sum, kind) => sum + changes[kind][severity], 0);
}

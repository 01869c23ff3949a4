import { CHANGE_KINDS } from '../compare.ts';
import {
  type ChangedFinding,
  type ChangeKind,
  REPORT_SEVERITIES,
  type ReportSeverity,
} from '../simulation-report.ts';

/** Rows of each change that a report shows at most; its counts are of all. */
export const MOST_ROWS = 1_000;

export interface ChangedRows {
  /** In input order. */
  readonly add: (snapshot: number, row: ChangedFinding) => void;
  /** A newer state of the finding was read. */
  readonly drop: (snapshot: number, change: ChangeKind, severity: ReportSeverity) => void;
  /** Newly suppressed CRITICAL and HIGH first, then by change, severity and input order. */
  readonly all: () => readonly ChangedFinding[];
}

/** Keeps the first rows of each change and severity: which are kept does not depend on how many there are. */
export function createChangedRows(): ChangedRows {
  const kept = new Map<string, Map<number, ChangedFinding>>();
  const keyOf = (change: ChangeKind, severity: ReportSeverity) => `${change} ${severity}`;
  const rowsOf = (change: ChangeKind) =>
    REPORT_SEVERITIES.flatMap((severity) => [...(kept.get(keyOf(change, severity))?.values() ?? [])]);
  return {
    add(snapshot, row) {
      const key = keyOf(row.change, row.severity);
      const rows = kept.get(key) ?? new Map<number, ChangedFinding>();
      if (rows.size < MOST_ROWS) kept.set(key, rows.set(snapshot, row));
    },
    drop: (snapshot, change, severity) => kept.get(keyOf(change, severity))?.delete(snapshot),
    // Newly suppressed ones are the first kind, and severities are in order: so the worst stand first.
    all: () => CHANGE_KINDS.flatMap((change) => rowsOf(change).slice(0, MOST_ROWS)),
  };
}

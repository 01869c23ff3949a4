import { CHANGE_KINDS } from '../compare.ts';
import { isHiddenFirst } from '../hiding.ts';
import {
  type ChangedFinding,
  type ChangeKind,
  REPORT_SEVERITIES,
  type ReportSeverity,
} from '../simulation-report.ts';

/** Rows of each change and severity that a report shows at most; its counts are of all. */
export const MOST_ROWS = 1_000;

const BY_CHANGE = CHANGE_KINDS.flatMap((change) =>
  REPORT_SEVERITIES.map((severity) => [change, severity] as const),
);
const BY_SEVERITY = REPORT_SEVERITIES.flatMap((severity) =>
  CHANGE_KINDS.map((change) => [change, severity] as const),
);
const ORDER = [
  ...BY_SEVERITY.filter((pair) => isHiddenFirst(...pair)),
  ...BY_CHANGE.filter((pair) => !isHiddenFirst(...pair)),
];

export interface ChangedRows {
  /** In input order. */
  readonly add: (snapshot: number, row: ChangedFinding) => void;
  /** A newer state of the finding was read. */
  readonly drop: (snapshot: number, change: ChangeKind, severity: ReportSeverity) => void;
  /** Newly hidden CRITICAL and HIGH first, then by change, severity and input order. */
  readonly all: () => readonly ChangedFinding[];
}

/** Keeps the first rows of each change and severity: which are kept does not depend on how many there are. */
export function createChangedRows(): ChangedRows {
  const kept = new Map<string, Map<number, ChangedFinding>>();
  const keyOf = (change: ChangeKind, severity: ReportSeverity) => `${change} ${severity}`;
  return {
    add(snapshot, row) {
      const key = keyOf(row.change, row.severity);
      const rows = kept.get(key) ?? new Map<number, ChangedFinding>();
      if (rows.size < MOST_ROWS) kept.set(key, rows.set(snapshot, row));
    },
    drop: (snapshot, change, severity) => kept.get(keyOf(change, severity))?.delete(snapshot),
    all: () =>
      ORDER.flatMap(([change, severity]) => [...(kept.get(keyOf(change, severity))?.values() ?? [])]),
  };
}

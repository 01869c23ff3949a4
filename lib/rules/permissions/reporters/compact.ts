import { type PermissionsReport, rowsOf } from '../permissions-report.ts';
import { memberOf, namesOf, neededBy } from './texts.ts';

/** One line each, made to be searched. */
export function compact({ permissions, base }: PermissionsReport): string {
  const rows = rowsOf(permissions).map(
    (row) =>
      `${row.allowed ? 'allowed' : 'denied'} ${memberOf(row)}: ${neededBy(row, Number.POSITIVE_INFINITY)}`,
  );
  const changes = (base?.changes ?? []).map(
    (change) => `${change.kind} ${memberOf(change)}: ${namesOf(change.rules, Number.POSITIVE_INFINITY)}`,
  );
  return [...rows, ...changes].join('\n');
}

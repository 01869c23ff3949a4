import { counted } from '../../counted.ts';
import { escapeText } from '../../escape-text.ts';
import { fittedColumns } from '../../fitted-columns.ts';
import { PLAIN, type Surface } from '../../surface.ts';
import { type PermissionsReport, rowsOf } from '../permissions-report.ts';
import { ALWAYS, memberOf, namesOf, neededBy } from './texts.ts';

/** For people: a line for each member or value, then what changed. */
export function pretty(report: PermissionsReport, surface: Surface = PLAIN): string {
  const { paint, columns } = surface;
  const rows = rowsOf(report.permissions);
  const lines = fittedColumns(
    rows.map((row) => [row.allowed ? '  ✓' : '  ✗', memberOf(row), neededBy(row)]),
    columns,
  );
  const allowed = rows.filter((row) => row.allowed).length;
  const title = `What the deployed function may write: ${allowed} of ${counted(rows.length, 'field')} and values (ruleset ${report.ruleset})`;
  return [
    paint.strong(title),
    ...lines.map((line, i) => (rows[i]?.allowed ? line : paint.faint(line))),
    '',
    ALWAYS,
    ...changesIn(report, surface),
    ...(report.eventsText === null ? [] : ['', report.eventsText]),
  ].join('\n');
}

function changesIn({ base }: PermissionsReport, { paint, columns }: Surface): readonly string[] {
  if (base === null) return [];
  const heading = `Against ${escapeText(base.ref)}`;
  if (base.changes.length === 0) return ['', `${heading}: the same.`];
  const lines = fittedColumns(
    base.changes.map((change) => [
      change.kind === 'widened' ? '  +' : '  -',
      memberOf(change),
      namesOf(change.rules),
    ]),
    columns,
  );
  const widened = base.changes.filter(({ kind }) => kind === 'widened').length;
  const narrowed = base.changes.length - widened;
  return [
    '',
    paint.strong(`${heading}: ${widened} more, ${narrowed} less`),
    ...lines.map((line, i) => (base.changes[i]?.kind === 'widened' ? paint.doubtful(line) : line)),
  ];
}

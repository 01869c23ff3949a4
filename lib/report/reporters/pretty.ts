import { escapeText } from '../../rules/escape-text.ts';
import { fittedColumns } from '../../rules/fitted-columns.ts';
import { type Paint, PLAIN } from '../../rules/surface.ts';
import { grouped } from '../../simulation/reporters/grouped.ts';
import { shortened } from '../../simulation/reporters/shortened.ts';
import { SUPPRESSION_STATES, type SuppressionReport, type SuppressionRow } from '../suppression-report.ts';
import type { SuppressionReporter } from './reporter.ts';
import {
  type Concern,
  commitText,
  concernsOf,
  countText,
  dueText,
  GONE_TITLE,
  goneText,
  headline,
  remarks,
  STATES,
  totalText,
} from './words.ts';

const DEFAULT_COLUMNS = 80;
/** A terminal is no place for thousands of them; the other formats have all. */
const MAX_ROWS = 50;

/** For people: what is in force and until when, then what needs somebody's eye. */
export const pretty: SuppressionReporter = (report, { paint, columns: width = DEFAULT_COLUMNS } = PLAIN) => {
  const sum = totalText(report);
  return [
    paint.strong(headline(report)),
    ...(sum === null ? [] : [`  ${sum}`]),
    ...remarks(report).map((text) => `  ${paint.faint(escapeText(text))}`),
    ...SUPPRESSION_STATES.flatMap((state) => {
      const rows = report.suppressions.filter((row) => row.state === state);
      return rows.length === 0
        ? []
        : [
            '',
            paint.strong(`${STATES[state]} (${grouped(rows.length)})`),
            ...rowLines(rows, report, width, paint),
          ];
    }),
    ...concernsOf(report).flatMap((concern) => ['', ...concernLines(concern, width, paint)]),
    ...goneLines(report, width, paint),
  ].join('\n');
};

/** A few lines each: a table of so many columns leaves nothing of any of them in 80 characters. */
function rowLines(
  rows: readonly SuppressionRow[],
  report: SuppressionReport,
  width: number,
  { strong, faint }: Paint,
): readonly string[] {
  const shown = rows.slice(0, MAX_ROWS);
  const heads = fittedColumns(
    shown.map((row) => [escapeText(row.rule), dueText(row)]),
    width - 2,
  );
  return [
    ...shown.flatMap((row, i) => [
      `  ${strong(heads[i] ?? '')}`,
      ...detailsOf(row, report).map((text) => `    ${shortened(escapeText(text), width - 4)}`),
      ...(report.commitsUnknown === null
        ? [`    ${faint(shortened(escapeText(commitText(row, report)), width - 4))}`]
        : []),
    ]),
    ...more(rows.length - shown.length),
  ];
}

function detailsOf(row: SuppressionRow, report: SuppressionReport): readonly string[] {
  const { owner, reasonCode, ticket, reason, description } = row;
  const found = report.findings === null ? [] : [countText(row)];
  return [
    [owner, reasonCode ?? 'no reasonCode', ticket ?? 'no ticket', ...found].join(' · '),
    reason ?? description ?? 'no reason given',
  ];
}

function concernLines({ title, kind, rows }: Concern, width: number, paint: Paint): readonly string[] {
  const shown = rows.slice(0, MAX_ROWS);
  const cells = shown.map((row) => [
    escapeText(row.rule),
    escapeText(row.owner),
    ...(kind === 'unmatched' ? [] : [dueText(row)]),
  ]);
  const emphasis = kind === 'expired' ? paint.bad : paint.doubtful;
  return [
    emphasis(`${title} (${grouped(rows.length)})`),
    ...fittedColumns(cells, width - 2).map((line) => `  ${line}`),
    ...more(rows.length - shown.length),
  ];
}

function goneLines({ gone }: SuppressionReport, width: number, paint: Paint): readonly string[] {
  if (gone === null || gone.length === 0) return [];
  const shown = gone.slice(0, MAX_ROWS);
  return [
    '',
    paint.doubtful(`${GONE_TITLE} (${grouped(gone.length)})`),
    ...fittedColumns(
      shown.map((one) => [escapeText(one.rule), goneText(one)]),
      width - 2,
    ).map((line) => `  ${line}`),
    ...more(gone.length - shown.length),
  ];
}

function more(count: number): readonly string[] {
  return count > 0 ? [`  … and ${grouped(count)} more: see -o html=<path> or -f json`] : [];
}

import { stringify } from 'csv-stringify/sync';
import { escapeText } from '../../rules/escape-text.ts';
import { type CountsBySeverity, REPORT_SEVERITIES } from '../../simulation/simulation-report.ts';
import { total } from '../count-suppressions.ts';
import type { GoneRule, SuppressionReport, SuppressionRow } from '../suppression-report.ts';
import type { SuppressionReporter } from './reporter.ts';

type Cell = string | number | null | undefined;
type Cells = Readonly<Record<string, Cell>>;

/**
 * For spreadsheets (RFC 4180, lines end with CRLF): a line a suppression, then one of state `gone` for each rule that
 * is no more. A text that a spreadsheet would take for a formula begins with an apostrophe instead:
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
export const csv: SuppressionReporter = (report) => {
  const lines = [
    ...report.suppressions.map((row) => cellsOf(row, report)),
    ...(report.gone ?? []).map(cellsOfGone),
  ];
  return stringify(lines, {
    header: true,
    columns: COLUMNS,
    record_delimiter: 'windows',
    escape_formulas: true,
  }).replace(/\n$/, '');
};

const COLUMNS = [
  'state',
  'rule',
  'kind',
  'owner',
  'reasonCode',
  'reason',
  'ticket',
  'mode',
  'expires',
  'due',
  'dueOf',
  'daysLeft',
  'suppressed',
  ...REPORT_SEVERITIES.map((severity) => `suppressed${severity}`),
  'held',
  'matched',
  'lastMatched',
  'unmatched',
  'commit',
  'author',
  'committed',
  'reviewers',
  'description',
  'file',
  'line',
];

function cellsOf(row: SuppressionRow, { unmatched }: SuppressionReport): Cells {
  const { rule, kind, place, due, lastCommit, counts } = row;
  return textsOf({
    ...suppressedCells(counts?.suppressed ?? null),
    state: row.state,
    rule,
    kind,
    owner: row.owner,
    reasonCode: row.reasonCode,
    reason: row.reason,
    ticket: row.ticket,
    mode: row.mode,
    expires: row.expires,
    due: due?.day,
    dueOf: due?.of,
    daysLeft: due?.daysLeft,
    held: counts && total(counts.held),
    matched: counts && total(counts.matched),
    lastMatched: counts?.lastMatched,
    unmatched: unmatched && (unmatched.includes(rule) ? 'yes' : 'no'),
    commit: lastCommit?.commit,
    author: lastCommit?.author,
    committed: lastCommit?.at,
    reviewers: lastCommit?.reviewers.join('; '),
    description: row.description,
    file: place.file,
    line: place.line,
  });
}

function cellsOfGone({ rule, findings, suppressed }: GoneRule): Cells {
  return textsOf({ state: 'gone', rule, matched: total(findings), ...suppressedCells(suppressed) });
}

function suppressedCells(counts: CountsBySeverity | null): Cells {
  if (counts === null) return {};
  const bySeverity = REPORT_SEVERITIES.map(
    (severity) => [`suppressed${severity}`, counts[severity]] as const,
  );
  return { suppressed: total(counts), ...Object.fromEntries(bySeverity) };
}

function textsOf(cells: Cells): Cells {
  const entries = Object.entries(cells).map(([name, cell]) => [name, safeCell(cell)] as const);
  return Object.fromEntries(entries);
}

/** Where the semicolon separates cells, as in half of Europe's spreadsheets, another cell would begin after it. */
function safeCell(cell: Cell): Cell {
  return typeof cell === 'string' ? escapeText(cell).replace(/;(?=[\s"']*[=+\-@])/g, ";'") : cell;
}

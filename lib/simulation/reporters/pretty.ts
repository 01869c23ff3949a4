import { escapeText } from '../../rules/escape-text.ts';
import { type Paint, PLAIN } from '../../rules/surface.ts';
import { HIDDEN_FIRST } from '../hiding.ts';
import type { ChangedFinding, Comparison, SimulationReport } from '../simulation-report.ts';
import { newlyHidden } from './change-counts.ts';
import { columns } from './columns.ts';
import { ruleNames, shownResource } from './finding-cells.ts';
import { gateText } from './gate-text.ts';
import { grouped } from './grouped.ts';
import { headline, reservations, spanText } from './headline.ts';
import type { SimulationReporter } from './reporter.ts';
import { ruleRows } from './rule-rows.ts';
import { shortened } from './shortened.ts';
import { DEAD_LETTERS, figureLines, impactLines } from './summary-lines.ts';

const DEFAULT_COLUMNS = 80;
const LEAST_TITLE_COLUMNS = 24;
/** A terminal is no place for thousands of them; the other formats have more. */
const MAX_FINDINGS = 20;
const MAX_RULES = 20;

/** For people: the impact as a few figures, then the findings that nobody should hide unseen. */
export const pretty: SimulationReporter = (report, { paint, columns: width = DEFAULT_COLUMNS } = PLAIN) => {
  const { comparison } = report;
  const lines = [
    titleLine(report, width, paint),
    ...gateLine(report, paint),
    ...reservations(report).map((text) => `  ${paint.doubtful(text)}`),
    ...(comparison === null ? figureLines(report) : impactLines(report, comparison)).map(
      (line) => `  ${line.startsWith(DEAD_LETTERS) ? paint.bad(line) : line}`,
    ),
    ...(comparison === null ? rulesOf(report, paint) : hiddenFindings(comparison, width, paint)),
  ];
  return lines.join('\n');
};

function gateLine(report: SimulationReport, paint: Paint): readonly string[] {
  const text = gateText(report);
  if (text === null) return [];
  return [`  ${report.gates.some(({ tripped }) => tripped) ? paint.bad(text) : text}`];
}

function titleLine(report: SimulationReport, width: number, { strong, faint }: Paint): string {
  const span = spanText(report);
  const title = `${headline(report)}${span === '' ? '' : ` (${span})`}`;
  if (report.comparison === null) return strong(title);
  const { ref, commit } = report.comparison.base;
  const compared = `base ${escapeText(shortened(ref, 40))} (${escapeText(commit.slice(0, 7))}) → working tree`;
  const gap = width - title.length - compared.length;
  // Where the two do not fit side by side they stand below each other.
  return gap >= 3
    ? `${strong(title)}${' '.repeat(Math.min(gap, 10))}${faint(compared)}`
    : `${strong(title)}\n  ${faint(compared)}`;
}

function hiddenFindings(comparison: Comparison, width: number, paint: Paint): readonly string[] {
  return HIDDEN_FIRST.flatMap((severity) => {
    const { rows, total } = newlyHidden(comparison, severity);
    if (total === 0) return [];
    const shown = rows.slice(0, MAX_FINDINGS);
    const more = total - shown.length;
    return [
      paint.bad(`${severity} findings that would be hidden (${grouped(total)})`),
      ...findingLines(shown, width).map((line) => `  ${line}`),
      ...(more > 0
        ? [`  … and ${grouped(more)} more: see -o html=<path>, or --decisions <file> for all`]
        : []),
    ];
  });
}

function findingLines(rows: readonly ChangedFinding[], width: number): readonly string[] {
  const cells = rows.map((row) =>
    [
      shortened(row.AwsAccountId, 12),
      shortened(row.product, 18),
      row.title,
      shortened(shownResource(row.resource), 24),
      ruleNames(row),
    ].map(escapeText),
  );
  const taken = [0, 1, 3, 4].map((i) => Math.max(0, ...cells.map((row) => row[i]?.length ?? 0)));
  const room = width - taken.reduce((sum, columnWidth) => sum + columnWidth + 2, 2);
  const title = Math.max(LEAST_TITLE_COLUMNS, room);
  return columns(cells.map((row) => row.map((cell, i) => (i === 2 ? shortened(cell, title) : cell))));
}

function rulesOf(report: SimulationReport, { strong, faint }: Paint): readonly string[] {
  const rows = ruleRows(report).filter(({ matched }) => matched.after > 0);
  if (rows.length === 0) return ['No rule matches any of these findings.'];
  const cells = rows
    .slice(0, MAX_RULES)
    .map(({ rule, matched, decided }) => [
      escapeText(shortened(rule, 80)),
      grouped(matched.after),
      grouped(decided.after),
    ]);
  const [head = '', ...lines] = columns([['rule', 'matched', 'decided'], ...cells], [1, 2]);
  const more = rows.length - cells.length;
  return [
    strong(`Rules that match (${grouped(rows.length)} of ${grouped(report.figures.rules)})`),
    `  ${faint(head)}`,
    ...lines.map((line) => `  ${line}`),
    ...(more > 0 ? [`  … and ${grouped(more)} more: see -o html=<path> or -f json`] : []),
  ];
}

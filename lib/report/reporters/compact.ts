import { escapeText } from '../../rules/escape-text.ts';
import { shortened } from '../../simulation/reporters/shortened.ts';
import { type CountsBySeverity, REPORT_SEVERITIES } from '../../simulation/simulation-report.ts';
import { total } from '../count-suppressions.ts';
import type { SuppressionReport, SuppressionRow } from '../suppression-report.ts';
import type { SuppressionReporter } from './reporter.ts';
import {
  commitText,
  concernsOf,
  dueText,
  goneText,
  headline,
  leftText,
  remarks,
  totalText,
} from './words.ts';

/** One line each, for logs and `grep`: what there is, each suppression, then what needs somebody's eye. */
export const compact: SuppressionReporter = (report) =>
  [
    headline(report),
    ...[totalText(report)].filter((text) => text !== null),
    ...remarks(report).map((text) => `note: ${escapeText(text)}`),
    ...report.suppressions.map((row) => suppressionLine(row, report)),
    ...concernsOf(report).flatMap(({ kind, rows }) =>
      rows.map(({ rule, owner, due }) => {
        const when = kind === 'unmatched' || due === null ? '' : `: ${due.day}, ${leftText(due)}`;
        return `${kind}: ${shown(rule)}: ${shown(owner)}${when}`;
      }),
    ),
    ...(report.gone ?? []).map((gone) => `gone: ${shown(gone.rule)}: ${goneText(gone)}`),
  ].join('\n');

function suppressionLine(row: SuppressionRow, report: SuppressionReport): string {
  const { counts } = row;
  const found =
    counts === null
      ? []
      : [
          `suppressed ${countsText(counts.suppressed)}`,
          `held ${total(counts.held)}`,
          `matched ${total(counts.matched)}`,
        ];
  const cells = [
    shown(row.owner),
    row.reasonCode ?? 'no reasonCode',
    shown(row.ticket ?? 'no ticket'),
    dueText(row),
    ...found,
    `last commit ${shown(commitText(row, report))}`,
    shown(row.reason ?? 'no reason'),
  ];
  const { file, line } = row.place;
  return `${escapeText(file)}:${line}: ${row.state}: ${shown(row.rule)}: ${cells.join(' | ')}`;
}

function countsText(counts: CountsBySeverity): string {
  return `${total(counts)} (${REPORT_SEVERITIES.map((severity) => `${severity} ${counts[severity]}`).join(', ')})`;
}

function shown(text: string): string {
  return escapeText(shortened(text, 200));
}

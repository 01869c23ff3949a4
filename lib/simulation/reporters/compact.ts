import { escapeText } from '../../rules/escape-text.ts';
import { OUTCOMES } from '../../triage/outcome.ts';
import { CHANGE_KINDS } from '../compare.ts';
import { type CountsBySeverity, REPORT_SEVERITIES, type SimulationReport } from '../simulation-report.ts';
import { CHANGES, HIDDEN_FIRST, newlyHidden, totalOf } from './change-counts.ts';
import { ruleNames } from './finding-cells.ts';
import type { SimulationReporter } from './reporter.ts';
import { shortened } from './shortened.ts';

/** One line each, for logs and `grep`: figures without grouping, then each newly hidden CRITICAL and HIGH finding. */
export const compact: SimulationReporter = (report) => {
  const { figures, comparison } = report;
  const outcomes = OUTCOMES.map((kind) => `${kind} ${figures.outcomes[kind] ?? 0}`).join(', ');
  const calls = comparison === null ? '' : `${comparison.base.figures.calls} -> `;
  return [
    inputLine(report),
    `outcomes: ${outcomes}; no-op updates skipped ${figures.noOps}`,
    `API calls: ${calls}${figures.calls}; quota seconds ${figures.quotaSeconds}`,
    ...(comparison === null
      ? []
      : [
          `base: ${escapeText(comparison.base.ref)} (${escapeText(comparison.base.commit)}); changed rules ${comparison.changedRules.length}`,
          ...CHANGE_KINDS.map((kind) => `${CHANGES[kind]}: ${countsText(comparison.changes[kind])}`),
          `unchanged: ${comparison.unchanged}`,
        ]),
    ...hiddenLines(report),
  ].join('\n');
};

function inputLine({ findings, figures, partial }: SimulationReport): string {
  const { distinct, read, duplicates, invalid } = findings;
  const interrupted = partial ? '; interrupted' : '';
  return `findings: ${distinct} distinct of ${read} read, ${duplicates} duplicates, ${invalid} invalid; rules ${figures.rules}${interrupted}`;
}

function countsText(counts: CountsBySeverity): string {
  return `${totalOf(counts)} (${REPORT_SEVERITIES.map((severity) => `${severity} ${counts[severity]}`).join(', ')})`;
}

function hiddenLines({ comparison }: SimulationReport): readonly string[] {
  if (comparison === null) return [];
  return HIDDEN_FIRST.flatMap((severity) => {
    const { rows, total } = newlyHidden(comparison, severity);
    const lines = rows.map((row) => {
      const texts = [row.AwsAccountId, row.product, row.title, row.resource].map((text) =>
        escapeText(shortened(text, 200)),
      );
      return `${severity} newly suppressed: ${texts.join(' | ')}: by ${escapeText(ruleNames(row))}`;
    });
    const more = total - rows.length;
    return more > 0 ? [...lines, `${severity} newly suppressed: and ${more} more`] : lines;
  });
}

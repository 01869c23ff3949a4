import { escapeText } from '../../rules/escape-text.ts';
import { OUTCOMES } from '../../triage/outcome.ts';
import { CHANGE_KINDS } from '../compare.ts';
import { HIDDEN_FIRST } from '../hiding.ts';
import { type CountsBySeverity, REPORT_SEVERITIES, type SimulationReport } from '../simulation-report.ts';
import { CHANGES, newlyHidden, totalOf } from './change-counts.ts';
import { deadLetters } from './dead-letters.ts';
import { ruleNames } from './finding-cells.ts';
import { gateText } from './gate-text.ts';
import type { SimulationReporter } from './reporter.ts';
import { shortened } from './shortened.ts';

/** One line each, for logs and `grep`: figures without grouping, then each newly hidden CRITICAL and HIGH finding. */
export const compact: SimulationReporter = (report) => {
  const { figures, comparison } = report;
  const dead = deadLetters(report);
  const outcomes = OUTCOMES.map((kind) => `${kind} ${figures.outcomes[kind] ?? 0}`).join(', ');
  const base = comparison?.base.figures;
  const callFigures = [
    `API calls: ${changeText(base?.calls, figures.calls)}`,
    `quota seconds ${changeText(base?.quotaSeconds, figures.quotaSeconds)}`,
    `findings a call ${changeText(base?.batchFill, figures.batchFill)}`,
  ];
  return [
    inputLine(report),
    ...(report.asEnforced ? ['as enforced: rules that only observe count as if they were enforced'] : []),
    ...gateLine(report),
    ...unreadableLine(report),
    ...redactedLine(report),
    `outcomes: ${outcomes}; no-op updates skipped ${figures.noOps}`,
    callFigures.join('; '),
    ...(comparison === null
      ? []
      : [
          `base: ${escapeText(comparison.base.ref)} (${escapeText(comparison.base.commit)}); changed rules ${comparison.changedRules.length}`,
          ...CHANGE_KINDS.map((kind) => `${CHANGES[kind]}: ${countsText(comparison.changes[kind])}`),
          ...(dead === null ? [] : [`dead letters: ${dead.before} -> ${dead.after}`]),
          `unchanged: ${comparison.unchanged}`,
        ]),
    ...hiddenLines(report),
  ].join('\n');
};

function changeText(before: number | undefined, after: number): string {
  return before === undefined ? String(after) : `${before} -> ${after}`;
}

function inputLine({ findings, figures, partial }: SimulationReport): string {
  const { distinct, read, duplicates, invalid } = findings;
  const interrupted = partial ? '; interrupted' : '';
  return `findings: ${distinct} distinct of ${read} read, ${duplicates} duplicates, ${invalid} invalid; rules ${figures.rules}${interrupted}`;
}

function gateLine(report: SimulationReport): readonly string[] {
  const text = gateText(report, '');
  return text === null ? [] : [text];
}

function unreadableLine({ findings: { unreadable } }: SimulationReport): readonly string[] {
  return unreadable.count === 0
    ? []
    : [`unreadable: ${unreadable.count} places of the input; what stands there is in no count`];
}

function redactedLine({ findings: { redacted } }: SimulationReport): readonly string[] {
  return redacted === 0
    ? []
    : [`redacted: ${redacted}; rules that name accounts, resources, tags or people decide these otherwise`];
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
      return `${severity} ${CHANGES[row.change]}: ${texts.join(' | ')}: by ${escapeText(ruleNames(row))}`;
    });
    const more = total - rows.length;
    return more > 0 ? [...lines, `${severity} newly hidden: and ${more} more`] : lines;
  });
}

import { barChart } from '../../simulation/reporters/html/bar-chart.ts';
import { count, figure, table, text } from '../../simulation/reporters/html/markup.ts';
import { REPORT_SEVERITIES } from '../../simulation/simulation-report.ts';
import { total } from '../count-suppressions.ts';
import type { SuppressionReport } from '../suppression-report.ts';

/** As many as a printed page holds; the table in force has all. */
const MAX_BARS = 15;

/** How much is hidden, by severity and by rule; nothing without findings. */
export function charts(report: SuppressionReport): readonly string[] {
  const { findings, totals } = report;
  if (findings === null || totals === null) return [];
  const severities = REPORT_SEVERITIES.filter((severity) => findings.bySeverity[severity] > 0).map(
    (severity) => ({ severity, all: findings.bySeverity[severity], after: totals.suppressed[severity] }),
  );
  const rules = report.suppressions
    .map(({ rule, counts }) => ({ label: rule, after: counts === null ? 0 : total(counts.suppressed) }))
    .filter(({ after }) => after > 0)
    .sort((a, b) => b.after - a.after);
  const bars = severities.map(({ severity, all, after }) => ({ label: `${severity}, of ${all}`, after }));
  const shown = rules.slice(0, MAX_BARS);
  const [severityColumn, ruleColumn, allColumn, suppressedColumn] = [
    { title: 'severity' },
    { title: 'rule' },
    { title: 'findings', number: true },
    { title: 'suppressed', number: true },
  ];
  const bySeverity = table(
    [severityColumn, allColumn, suppressedColumn],
    severities.map((row) => [row.severity, count(row.all), count(row.after)]),
  );
  const byRule = table(
    [ruleColumn, suppressedColumn],
    shown.map(({ label, after }) => [text(label), count(after)]),
    { total: rules.length },
  );
  return [
    '<h2>What is hidden</h2>',
    `<div class="pair">\n${figure('By severity', barChart('Suppressed findings by severity', bars), bySeverity, severities.length)}`,
    rules.length === 0
      ? '<p>None of these rules suppresses any of the findings.</p>\n</div>'
      : `${figure('By rule', barChart('Suppressed findings by rule', shown), byRule, shown.length)}\n</div>`,
  ];
}

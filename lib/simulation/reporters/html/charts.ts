import type { SimulationReport } from '../../simulation-report.ts';
import { type RuleRow, ruleRows } from '../rule-rows.ts';
import { beforeOf, type StandingRow, severityRows, workflowRows } from '../standing-rows.ts';
import { barChart, legend } from './bar-chart.ts';
import { count, figure, table, text } from './markup.ts';
import { sightCharts } from './sight-charts.ts';

/** As many as a printed page holds; the table has all. */
const MAX_BARS = 15;
const MAX_ROWS = 500;

/** The charts of a report, each with its figures as a table under it. */
export function charts(report: SimulationReport): readonly string[] {
  const { comparison } = report;
  const before = comparison === null ? 'as they stand' : 'under the base’s rules';
  const standing = (title: string, rows: readonly StandingRow[]) =>
    standingChart(
      title,
      rows.filter((row) => row.now + beforeOf(row) + row.after > 0),
    );
  return [
    '<h2>Where the findings stand</h2>',
    legend(before, 'under these rules'),
    `<div class="pair">\n${standing('By workflow status', workflowRows(report))}\n${standing('By severity', severityRows(report))}\n</div>`,
    '<h2>What the rules match</h2>',
    ruleChart(report),
    ...(comparison === null ? [] : sightCharts(comparison)),
  ];
}

function standingChart(title: string, rows: readonly StandingRow[]): string {
  const shown = rows.slice(0, MAX_BARS);
  const bars = shown.map((row) => ({ label: row.name, before: beforeOf(row), after: row.after }));
  const compared = rows.some(({ base }) => base !== undefined);
  const head = [
    { title: 'state' },
    { title: 'now', number: true },
    ...(compared ? [{ title: 'base', number: true }] : []),
    { title: 'these rules', number: true },
  ];
  const cells = shown.map(({ name, now, base, after }) => [
    `<span>${text(name, 60)}</span>`,
    count(now),
    ...(base === undefined ? [] : [count(base)]),
    count(after),
  ]);
  return figure(title, barChart(title, bars), table(head, cells, { total: rows.length }), shown.length);
}

function ruleChart(report: SimulationReport): string {
  const rows = ruleRows(report).filter(
    ({ change, matched }) => change !== null || matched.after + (matched.before ?? 0) > 0,
  );
  if (rows.length === 0) return '<p>No rule matches any of these findings.</p>';
  const compared = report.comparison !== null;
  const bars = rows.slice(0, MAX_BARS).map(({ rule, change, matched }) => ({
    label: change === null ? rule : `${change}: ${rule}`,
    ...matched,
  }));
  const left = rows.length - bars.length;
  const note =
    left > 0 ? `<p class="faint">The chart leaves out ${count(left)} rules that match less.</p>` : '';
  const title = compared ? 'Findings matched, by rule; changed rules first' : 'Findings matched, by rule';
  const chart = `${compared ? legend('under the base’s rules', 'under these rules') : ''}${barChart(title, bars)}\n${note}`;
  return figure(title, chart, ruleTable(rows, compared), rows.length);
}

function ruleTable(rows: readonly RuleRow[], compared: boolean): string {
  const pair = (name: string) =>
    compared
      ? [
          { title: `${name}, base`, number: true },
          { title: name, number: true },
        ]
      : [{ title: name, number: true }];
  const both = ({ before, after }: RuleRow['matched']) =>
    before === undefined ? [count(after)] : [count(before), count(after)];
  return table(
    [{ title: 'rule' }, ...(compared ? [{ title: 'change' }] : []), ...pair('matched'), ...pair('decided')],
    rows
      .slice(0, MAX_ROWS)
      .map(({ rule, change, matched, decided }) => [
        `<code>${text(rule)}</code>`,
        ...(compared ? [change ?? ''] : []),
        ...both(matched),
        ...both(decided),
      ]),
    { kind: 'stack', total: rows.length },
  );
}

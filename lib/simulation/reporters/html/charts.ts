import type { SimulationReport } from '../../simulation-report.ts';
import { type RuleRow, ruleRows } from '../rule-rows.ts';
import { beforeOf, type StandingRow, severityRows, workflowRows } from '../standing-rows.ts';
import { barChart, legend } from './bar-chart.ts';
import { dayChart } from './day-chart.ts';
import { heatChart } from './heat-chart.ts';
import { count, figure, table, text } from './markup.ts';

const MAX_BARS = 25;
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
    ...(comparison === null || comparison.newlySuppressedByDay.length === 0
      ? []
      : [
          '<h2>Newly suppressed, by day</h2>',
          daysFigure(comparison.newlySuppressedByDay),
          '<h2>Newly suppressed, by account and rule</h2>',
          heatFigure(comparison.newlySuppressedByAccountAndRule),
        ]),
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
    text(name, 60),
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

function daysFigure(days: Parameters<typeof dayChart>[1]): string {
  const title = 'Newly suppressed findings by the day of their last update (UTC)';
  const rows = days.slice(0, MAX_ROWS).map(({ day, count: found }) => [text(day, 20), count(found)]);
  const figures = table([{ title: 'day' }, { title: 'findings', number: true }], rows, {
    total: days.length,
  });
  return figure(title, dayChart(title, days), figures, days.length);
}

function heatFigure(cells: Parameters<typeof heatChart>[1]): string {
  const title = 'Newly suppressed findings by account (down) and rule (across, numbered below)';
  const rows = [...cells]
    .sort((a, b) => b.count - a.count)
    .slice(0, MAX_ROWS)
    .map((cell) => [text(cell.account, 40), `<code>${text(cell.rule)}</code>`, count(cell.count)]);
  const head = [{ title: 'account' }, { title: 'rule' }, { title: 'findings', number: true }];
  return figure(title, heatChart(title, cells), table(head, rows, { total: cells.length }), cells.length);
}

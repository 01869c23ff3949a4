import { SIGHT_CHANGES } from '../../hiding.ts';
import type { Comparison, SightChange, Spread } from '../../simulation-report.ts';
import { CHANGES, totalOf } from '../change-counts.ts';
import { dayChart } from './day-chart.ts';
import { heatChart } from './heat-chart.ts';
import { count, figure, table, text } from './markup.ts';

const MAX_ROWS = 500;

/** When and where findings go out of sight or come back: two charts of each such change that there is. */
export function sightCharts({ changes, spread }: Comparison): readonly string[] {
  return SIGHT_CHANGES.filter((change) => totalOf(changes[change]) > 0).flatMap((change) => [
    `<h2>${titleOf(change)}, by day</h2>`,
    daysFigure(change, spread[change]),
    `<h2>${titleOf(change)}, by account and rule</h2>`,
    heatFigure(change, spread[change]),
  ]);
}

function titleOf(change: SightChange): string {
  const name = CHANGES[change];
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function daysFigure(change: SightChange, { byDay, earlier, undated }: Spread): string {
  const title = `${titleOf(change)}: findings by the day of their last update (UTC)`;
  const rows = byDay.slice(0, MAX_ROWS).map(({ day, count: found }) => [text(day, 20), count(found)]);
  const others = [
    ...(undated > 0 ? [['without a day', count(undated)]] : []),
    ...(earlier > 0 ? [['earlier days', count(earlier)]] : []),
  ];
  const figures = table([{ title: 'day' }, { title: 'findings', number: true }], [...others, ...rows], {
    total: others.length + byDay.length,
  });
  const left = [
    ...(undated > 0 ? [`${count(undated)} without a day`] : []),
    ...(earlier > 0 ? [`${count(earlier)} of earlier days`] : []),
  ];
  return figure(title, dayChart(title, byDay) + notInChart(left), figures, byDay.length);
}

function heatFigure(change: SightChange, { byAccountAndRule: cells, more }: Spread): string {
  const title = `${titleOf(change)}: findings by account (down) and rule (across, numbered below)`;
  const rows = [...cells]
    .sort((a, b) => b.count - a.count)
    .slice(0, MAX_ROWS)
    .map((cell) => [`<span>${text(cell.account, 40)}</span>`, ruleCell(cell.rule), count(cell.count)]);
  const head = [{ title: 'account' }, { title: 'rule' }, { title: 'findings', number: true }];
  const left =
    more.pairs === 0 ? [] : [`${count(more.pairs)} more pairs with ${count(more.findings)} findings in all`];
  const figures = table(head, rows, { total: cells.length + more.pairs });
  return figure(title, heatChart(title, cells) + notInChart(left), figures, cells.length);
}

function ruleCell(rule: string): string {
  return rule === '' ? '(no rule)' : `<code>${text(rule)}</code>`;
}

function notInChart(left: readonly string[]): string {
  return left.length === 0 ? '' : `\n<p class="faint">Not in the chart: ${left.join(' and ')}.</p>`;
}

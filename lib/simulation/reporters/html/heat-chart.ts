import type { Spread } from '../../simulation-report.ts';
import { count, text } from './markup.ts';

type Cells = Spread['byAccountAndRule'];

const MAX_ACCOUNTS = 20;
const MAX_RULES = 10;
const ROW_PX = 26;
const HEAD_PX = 20;
/** Share of the width that the accounts' names take. */
const NAMES_PERCENT = 30;
const STRONG = 0.55;
/** From so many columns on a phone has no room for figures in the cells; the table under the chart has them. */
const DENSE = 7;

/** Accounts down, rules across, those with most findings first; a darker cell has more, and says how many. */
export function heatChart(title: string, cells: Cells): string {
  const accounts = heaviest(cells, ({ account }) => account);
  const rules = heaviest(cells, ({ rule }) => rule);
  const [shownAccounts, shownRules] = [accounts.slice(0, MAX_ACCOUNTS), rules.slice(0, MAX_RULES)];
  const shown = cells.filter(
    ({ account, rule }) => shownAccounts.includes(account) && shownRules.includes(rule),
  );
  const most = shown.reduce((max, cell) => Math.max(max, cell.count), 1);
  const width = Math.min(16, (100 - NAMES_PERCENT) / Math.max(1, shownRules.length));
  const xOf = (column: number) => NAMES_PERCENT + column * width;
  const svg = [
    `<svg role="img"${shownRules.length < DENSE ? '' : ' class="dense"'} width="100%" height="${HEAD_PX + shownAccounts.length * ROW_PX}">`,
    `<title>${title}</title>`,
    ...shownRules.map(
      (rule, i) =>
        `<text class="faint" x="${(xOf(i) + width / 2).toFixed(2)}%" y="12" text-anchor="middle">${i + 1}<title>${text(rule)}</title></text>`,
    ),
    ...shownAccounts.map(
      (account, row) =>
        `<text x="0" y="${HEAD_PX + row * ROW_PX + 17}">${text(account, 12)}<title>${text(account)}</title></text>`,
    ),
    ...shown.map((cell) => {
      const x = xOf(shownRules.indexOf(cell.rule));
      return cellOf(cell, x, width, HEAD_PX + shownAccounts.indexOf(cell.account) * ROW_PX, most);
    }),
    '</svg>',
  ];
  const names = shownRules
    .map((rule) => `<li>${rule === '' ? '(no rule)' : `<code>${text(rule)}</code>`}</li>`)
    .join('');
  const left = [
    ...leftOut(accounts.length - shownAccounts.length, 'account'),
    ...leftOut(rules.length - shownRules.length, 'rule'),
  ];
  const note =
    left.length === 0 ? '' : `\n<p class="faint">Not in the chart: ${left.join(' and ')} with fewer.</p>`;
  return `${svg.join('\n')}\n<ol class="rules">${names}</ol>${note}`;
}

function cellOf(cell: Cells[number], x: number, width: number, y: number, most: number): string {
  const { account, rule, count: found } = cell;
  const share = Math.sqrt(found / most);
  const strong = share > STRONG ? ' strong' : '';
  const opacity = (strong === '' ? 0.1 + share * 0.3 : 0.7 + share * 0.3).toFixed(2);
  return [
    `<g><title>${text(account)}, ${text(rule)}: ${count(found)}</title>`,
    `<rect class="after" x="${x.toFixed(2)}%" y="${y + 1}" width="${(width * 0.96).toFixed(2)}%" height="${ROW_PX - 3}" rx="2" fill-opacity="${opacity}"/>`,
    `<text class="cell${strong}" x="${(x + width * 0.48).toFixed(2)}%" y="${y + 16.5}">${count(found)}</text></g>`,
  ].join('');
}

function leftOut(left: number, noun: string): readonly string[] {
  return left > 0 ? [`${count(left)} ${noun}${left === 1 ? '' : 's'}`] : [];
}

function heaviest(cells: Cells, nameOf: (cell: Cells[number]) => string): readonly string[] {
  const totals = new Map<string, number>();
  for (const cell of cells) totals.set(nameOf(cell), (totals.get(nameOf(cell)) ?? 0) + cell.count);
  return [...totals].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([name]) => name);
}

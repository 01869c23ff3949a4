import type { Spread } from '../../simulation-report.ts';
import { count, text } from './markup.ts';

type Days = Spread['byDay'];

const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;
/** More columns than these cannot be told apart on a phone: days are then put together to whole weeks. */
const MAX_COLUMNS = 120;
const HEIGHT_PX = 140;
const TOP_PX = 18;

/** A column a day, days without any included; longer spans in columns of several weeks. */
export function dayChart(title: string, days: Days): string {
  const known = days
    .map(({ day, count: found }) => ({ at: Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS), found }))
    .filter(({ at }) => Number.isFinite(at));
  if (known.length === 0) return '';
  const ats = known.map(({ at }) => at);
  const first = ats.reduce((a, b) => Math.min(a, b));
  const span = ats.reduce((a, b) => Math.max(a, b)) - first + 1;
  const step = span <= MAX_COLUMNS ? 1 : Math.ceil(span / MAX_COLUMNS / WEEK_DAYS) * WEEK_DAYS;
  const sums = Array.from({ length: Math.ceil(span / step) }, () => 0);
  for (const { at, found } of known) {
    const column = Math.floor((at - first) / step);
    sums[column] = (sums[column] ?? 0) + found;
  }
  const most = Math.max(1, ...sums);
  const columns = sums.map((sum, i) => columnOf(sum, most, i, sums.length, dayText(first + i * step), step));
  const each = step === 1 ? 'a column a day' : `a column ${count(step)} days`;
  return [
    `<svg role="img" width="100%" height="${HEIGHT_PX + TOP_PX + 22}">`,
    `<title>${title}</title>`,
    `<text class="faint" x="0" y="11">most: ${count(most)} · ${each}</text>`,
    ...columns,
    `<line class="axis" x1="0" x2="100%" y1="${HEIGHT_PX + TOP_PX}" y2="${HEIGHT_PX + TOP_PX}"/>`,
    `<text class="faint" x="0" y="${HEIGHT_PX + TOP_PX + 16}">${dayText(first)}</text>`,
    ...(span === 1
      ? []
      : [
          `<text class="faint" x="100%" y="${HEIGHT_PX + TOP_PX + 16}" text-anchor="end">${dayText(first + span - 1)}</text>`,
        ]),
    '</svg>',
  ].join('\n');
}

function columnOf(sum: number, most: number, index: number, columns: number, day: string, step: number) {
  if (sum === 0) return '';
  const height = Math.max(2, (sum / most) * HEIGHT_PX);
  const [x, width] = [(index / columns) * 100, Math.min(12, (1 / columns) * 80)];
  const from = step === 1 ? day : `${count(step)} days from ${day}`;
  return `<rect class="after" x="${x.toFixed(3)}%" y="${(HEIGHT_PX + TOP_PX - height).toFixed(1)}" width="${width.toFixed(3)}%" height="${height.toFixed(1)}"><title>${from}: ${count(sum)}</title></rect>`;
}

function dayText(day: number): string {
  return text(new Date(day * DAY_MS).toISOString().slice(0, 10));
}

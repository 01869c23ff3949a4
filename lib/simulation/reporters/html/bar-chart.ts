import { count, text } from './markup.ts';

export interface Bar {
  readonly label: string;
  readonly before?: number;
  readonly after: number;
}

const LABEL_PX = 18;
const BAR_PX = 9;
const GAP_PX = 14;
const MAX_LABEL = 60;

/** Bars under their labels, as wide as the page: lengths are shares of the width, so texts keep their size. */
export function barChart(title: string, bars: readonly Bar[]): string {
  const most = Math.max(1, ...bars.flatMap(({ before = 0, after }) => [before, after]));
  const compared = bars.some(({ before }) => before !== undefined);
  const step = LABEL_PX + BAR_PX * (compared ? 2 : 1) + (compared ? 3 : 0) + GAP_PX;
  const groups = bars.map((bar, i) => groupOf(bar, i * step, most));
  return [
    `<svg role="img" width="100%" height="${Math.max(1, bars.length * step - GAP_PX)}">`,
    `<title>${title}</title>`,
    ...groups,
    '</svg>',
  ].join('\n');
}

function groupOf({ label, before, after }: Bar, top: number, most: number): string {
  const said = before === undefined ? count(after) : `${count(before)} → ${count(after)}`;
  const changed = before !== undefined && before !== after ? ` (${signed(after - before)})` : '';
  const beforeTop = top + LABEL_PX;
  const afterTop = before === undefined ? beforeTop : beforeTop + BAR_PX + 3;
  return [
    `<g><title>${text(label)}: ${said}</title>`,
    // What does not fit beside the figures is cut off there; its title and the table have all of it.
    `<svg class="clip" x="0" y="${top}" width="62%" height="${LABEL_PX}"><text x="0" y="12">${text(label, MAX_LABEL)}</text></svg>`,
    `<text x="100%" y="${top + 12}" text-anchor="end">${said}${changed}</text>`,
    ...(before === undefined ? [] : [rect('before', before, most, beforeTop + 0.75, BAR_PX - 1.5)]),
    rect('after', after, most, afterTop, BAR_PX),
    '</g>',
  ].join('');
}

function rect(kind: 'before' | 'after', value: number, most: number, y: number, height: number): string {
  if (value === 0) return '';
  // One of a hundred thousand is to be seen too.
  const width = Math.max(0.4, (value / most) * 100).toFixed(2);
  return `<rect class="${kind}" x="0" y="${y}" width="${width}%" height="${height}" rx="1.5"/>`;
}

function signed(difference: number): string {
  return difference > 0 ? `+${count(difference)}` : `−${count(-difference)}`;
}

/** What the two bars of a group mean. */
export function legend(before: string | undefined, after: string): string {
  const swatch = (kind: string, name: string) =>
    `<li><svg width="18" height="9" aria-hidden="true"><rect class="${kind}" x="1" y="1" width="16" height="7" rx="1.5"/></svg>${name}</li>`;
  return `<ul class="legend">${before === undefined ? '' : swatch('before', before)}${swatch('after', after)}</ul>`;
}

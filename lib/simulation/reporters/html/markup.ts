import { escapeMarkup } from '../../../rules/escape-text.ts';
import { grouped } from '../grouped.ts';
import { NO_BREAK } from '../markup.ts';
import { shortened } from '../shortened.ts';

/** A text that is not ours, at most `most` characters of it, as content or in an attribute. */
export function text(value: string, most = 200): string {
  return escapeMarkup(shortened(value, most));
}

/** A count as a page shows it. */
export function count(value: number): string {
  return grouped(value, NO_BREAK);
}

export interface TableColumn {
  readonly title: string;
  readonly number?: boolean;
}

/** A table; cells are markup. `total` is how many rows there are where not all are at hand. */
export function table(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  { kind = '', total = rows.length }: { readonly kind?: string; readonly total?: number } = {},
): string {
  const classOf = (i: number) => (columns[i]?.number ? ' class="n"' : '');
  const head = columns.map(({ title }, i) => `<th scope="col"${classOf(i)}>${title}</th>`).join('');
  const body = rows.map(
    (cells) =>
      `<tr>${cells.map((cell, i) => `<td${classOf(i)} data-label="${columns[i]?.title ?? ''}">${cell}</td>`).join('')}</tr>`,
  );
  const more = total > rows.length ? `\n<p class="faint">… and ${count(total - rows.length)} more.</p>` : '';
  return `<table${kind === '' ? '' : ` class="${kind}"`}>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body.join('\n')}\n</tbody>\n</table>${more}`;
}

/** A chart with its table under it: open while it is short, shown on paper anyway. */
export function figure(title: string, chart: string, figures: string, rows: number): string {
  const open = rows <= 8 ? ' open' : '';
  return `<figure>\n<h3>${title}</h3>\n${chart}\n<details${open}><summary>The same as a table</summary>\n${figures}\n</details>\n</figure>`;
}

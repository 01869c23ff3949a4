import { escapeMarkup } from '../../rules/escape-text.ts';
import { shortened } from './shortened.ts';

/** In HTML and Markdown a count must not break at its gaps. */
export const NO_BREAK = '&nbsp;';

/**
 * A text of a finding, a rule or a revision: never markup, and in `<code>` no mention, emoji, link or issue number of
 * GitHub's either. At most `most` characters of it.
 */
export function quoted(text: string, most: number): string {
  return text === '' ? '' : `<code>${escapeMarkup(shortened(text, most))}</code>`;
}

/** A row of a table; its cells are markup already. */
export function tableRow(cells: readonly string[], numbers: readonly number[] = []): string {
  const written = cells.map((cell, i) => `<td${numbers.includes(i) ? ' align="right"' : ''}>${cell}</td>`);
  return `<tr>${written.join('')}</tr>`;
}

export function tableHead(cells: readonly string[], numbers: readonly number[] = []): string {
  const written = cells.map((cell, i) => `<th${numbers.includes(i) ? ' align="right"' : ''}>${cell}</th>`);
  return `<tr>${written.join('')}</tr>`;
}

import type { Table } from './tables.ts';

/** The table as Markdown; columns after the first are figures. */
export function markdownOf({ header, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = header.map((_, at) => (at === 0 ? '---' : '---:'));
  return [line(header), `|${rule.join('|')}|`, ...rows.map(line)].join('\n');
}

/** The document with what stands between the table's markers replaced; throws where they are missing. */
export function putTable(document: string, table: Table): string {
  const [open, close] = [`<!-- ${table.name} -->`, `<!-- /${table.name} -->`];
  const from = document.indexOf(open);
  const to = document.indexOf(close);
  if (from === -1 || to < from) throw new Error(`The document has no place ${open} … ${close}.`);
  return `${document.slice(0, from + open.length)}\n${markdownOf(table)}\n${document.slice(to)}`;
}

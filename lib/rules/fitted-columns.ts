/** No column is made narrower than this to fit: less says nothing. */
const LEAST_CHARACTERS = 8;
const GAP = 2;

/**
 * Cells padded to columns, which are `width` characters wide in all where that can be: the widest column gives way
 * first, and texts lose their middle, for their ends tell them apart. The last column is not padded.
 */
export function fittedColumns(
  rows: readonly (readonly string[])[],
  width = Number.POSITIVE_INFINITY,
): readonly string[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  let excess = widths.reduce((sum, one) => sum + one, GAP * (count - 1)) - width;
  while (excess > 0) {
    const widest = widths.indexOf(Math.max(...widths));
    if ((widths[widest] ?? 0) <= LEAST_CHARACTERS) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
    excess -= 1;
  }
  return rows.map((row) =>
    row
      .map((cell, i) => withoutMiddle(cell, widths[i] ?? 0).padEnd(widths[i] ?? 0))
      .join(' '.repeat(GAP))
      .trimEnd(),
  );
}

function withoutMiddle(text: string, most: number): string {
  if (text.length <= most) return text;
  const head = text.slice(0, Math.ceil((most - 1) / 2)).replace(/[\uD800-\uDBFF]$/, '');
  const tail = text.slice(text.length - Math.floor((most - 1) / 2)).replace(/^[\uDC00-\uDFFF]/, '');
  return `${head}…${tail}`;
}

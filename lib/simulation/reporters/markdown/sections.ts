import { grouped } from '../grouped.ts';
import { NO_BREAK } from '../markup.ts';

/** A table below a heading. All of it is markup already; the first rows matter most. */
export interface Section {
  readonly title: string;
  /** Shown closed. */
  readonly folded?: boolean;
  readonly head: string;
  readonly rows: readonly string[];
  /** Rows there are in all, `rows` being those at hand. */
  readonly total: number;
  /** What is said instead of an empty table. */
  readonly none: string;
}

/**
 * Writes sections within `budget` characters: rows are cut, never sections, and each says how many it leaves out. Half
 * of the room is shared evenly, so that a long table starves none; the rest goes to the first that want it.
 */
export function writeSections(sections: readonly Section[], budget: number): string {
  const fixed = sections.reduce(
    (sum, section) => sum + write(section, 0, Number.MAX_SAFE_INTEGER).length + 2,
    0,
  );
  const room = Math.max(0, budget - fixed);
  const share = Math.floor(room / 2 / Math.max(1, sections.length));
  const even = sections.map((section) => fitting(section.rows, 0, share));
  let left = room - even.reduce((sum, { used }) => sum + used, 0);
  const counts = sections.map((section, i) => {
    const { count = 0 } = even[i] ?? {};
    const further = fitting(section.rows, count, left);
    left -= further.used;
    return count + further.count;
  });
  return sections.map((section, i) => write(section, counts[i] ?? 0, section.total)).join('\n\n');
}

/** How many rows from the one at `start` fit into `room`, and what they use. */
function fitting(rows: readonly string[], start: number, room: number) {
  let used = 0;
  let count = 0;
  for (const row of rows.slice(start)) {
    if (used + row.length + 1 > room) break;
    used += row.length + 1;
    count += 1;
  }
  return { count, used };
}

/** GitHub reads a block of HTML as one as long as no line of it is blank. */
function write({ title, folded, head, rows, none }: Section, count: number, total: number): string {
  if (total === 0) return `### ${title}\n\n${none}`;
  const more = total - count;
  const table = ['<table>', head, ...rows.slice(0, count), '</table>'].join('\n');
  const note =
    more > 0
      ? `\n\n… and ${grouped(more, NO_BREAK)} more: \`--decisions <file>\` writes every finding, \`-f json\` up to 1${NO_BREAK}000 of each change and severity.`
      : '';
  if (!folded) return `### ${title}\n\n${table}${note}`;
  return `<details>\n<summary><b>${title}</b></summary>\n\n${table}${note}\n\n</details>`;
}

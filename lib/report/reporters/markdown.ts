import { escapeMarkup } from '../../rules/escape-text.ts';
import { grouped } from '../../simulation/reporters/grouped.ts';
import { type Section, writeSections } from '../../simulation/reporters/markdown/sections.ts';
import { quoted, tableHead, tableRow } from '../../simulation/reporters/markup.ts';
import { SUPPRESSION_STATES, type SuppressionReport, type SuppressionRow } from '../suppression-report.ts';
import type { SuppressionReporter } from './reporter.ts';
import {
  commitText,
  concernsOf,
  countText,
  dueText,
  GONE_TITLE,
  goneText,
  headline,
  NO_BREAK,
  remarks,
  STATES,
  totalText,
} from './words.ts';

/** What an issue or a comment of GitHub holds is 65,536 characters. */
const MAX_CHARACTERS = 60_000;
const MOST = 200;

/**
 * For issues, wikis and step summaries: at most 60,000 characters. What rules and commits say stands in tables of HTML
 * alone, where Markdown is not read, and in `<code>`, where nobody is mentioned.
 */
export const markdown: SuppressionReporter = (report) => {
  const sum = totalText(report, NO_BREAK);
  const head = [
    `## ${headline(report, NO_BREAK)}`,
    ...(sum === null ? [] : [`**${sum}**`]),
    `<p>as of ${quoted(report.now, 30)}${report.owner === null ? '' : ` · owner ${quoted(report.owner, MOST)}`}</p>`,
    // A block of HTML: what git says of itself is no Markdown either.
    ...remarks(report, NO_BREAK).map((text) => `<p>${escapeMarkup(text)}</p>`),
  ].join('\n\n');
  const sections = [
    ...SUPPRESSION_STATES.map((state) => stateSection(report, state)).filter(({ total: rows }) => rows > 0),
    ...concernsOf(report).map(
      ({ title, rows }): Section => ({
        title,
        head: tableHead(['rule', 'owner', 'until']),
        rows: rows.map((row) =>
          tableRow([quoted(row.rule, MOST), quoted(row.owner, MOST), quoted(dueText(row), MOST)]),
        ),
        total: rows.length,
        none: 'None.',
      }),
    ),
    ...goneSection(report),
  ];
  return [head, writeSections(sections, MAX_CHARACTERS - head.length - 2)].join('\n\n');
};

function stateSection(report: SuppressionReport, state: SuppressionRow['state']): Section {
  const rows = report.suppressions.filter((row) => row.state === state);
  const counted = report.findings !== null;
  const columns = ['rule', 'owner', 'reason', 'ticket', 'until', ...(counted ? ['findings'] : [])];
  return {
    title: `${STATES[state]} (${grouped(rows.length, NO_BREAK)})`,
    head: tableHead([...columns, 'last commit']),
    rows: rows.map((row) =>
      tableRow([
        quoted(row.rule, MOST),
        quoted(row.owner, MOST),
        [row.reasonCode, quoted(row.reason ?? '', MOST)].filter(Boolean).join('<br>'),
        quoted(row.ticket ?? '', MOST),
        dueText(row),
        ...(counted ? [countText(row, NO_BREAK)] : []),
        quoted(commitText(row, report), MOST),
      ]),
    ),
    total: rows.length,
    none: 'None.',
  };
}

function goneSection({ gone }: SuppressionReport): readonly Section[] {
  if (gone === null || gone.length === 0) return [];
  return [
    {
      title: GONE_TITLE,
      head: tableHead(['rule', 'findings']),
      rows: gone.map((one) => tableRow([quoted(one.rule, MOST), goneText(one, NO_BREAK)])),
      total: gone.length,
      none: 'None.',
    },
  ];
}

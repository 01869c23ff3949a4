import { quoted } from '../../simulation/reporters/markup.ts';
import type { ImportedRule } from '../import-rules.ts';
import type { Remark } from '../remark.ts';
import { type ImportReport, nextSteps, titleOf } from './import-report.ts';

const MOST_CHARACTERS = 1000;

/** For a pull request: a table of what was not said exactly, and what was not imported. */
export const markdown = (report: ImportReport): string => {
  const refused = report.rules.filter(({ rule }) => rule === null);
  const rows = report.rules.flatMap((imported) =>
    imported.rule === null ? [] : imported.remarks.map((remark) => rowOf(imported, remark)),
  );
  return [
    `### ${titleOf(report)}`,
    '',
    ...(refused.length === 0 ? [] : ['#### Not imported', '', ...refused.flatMap(refusalLines), '']),
    ...(rows.length === 0
      ? []
      : ['#### Rule by rule', '', '| rule | kind | what |', '|---|---|---|', ...rows, '']),
    '#### For all of them',
    '',
    ...report.remarks.map(({ kind, text }) => `- **${kind}** ${cell(text)}`),
    '',
    ...nextSteps(report),
  ]
    .join('\n')
    .trimEnd();
};

function refusalLines({ title, refusals }: ImportedRule): readonly string[] {
  return refusals.map((why) => `- ${cell(title)}: ${cell(why)}`);
}

function rowOf({ rule, title }: ImportedRule, { kind, text }: Remark): string {
  return `| ${cell(rule?.name ?? title)} | ${kind} | ${cell(text)} |`;
}

/** Titles and texts come from a file of somebody's: shown as they are, never as markup. */
function cell(text: string): string {
  return quoted(text, MOST_CHARACTERS).replaceAll('|', '&#124;');
}

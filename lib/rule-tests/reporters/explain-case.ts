import { escapeText } from '../../rules/escape-text.ts';
import type { CaseResult, ConditionRow } from '../report.ts';

/** `<rule> › <case>`, and whether nobody wrote it. */
export function caseTitle(item: CaseResult): string {
  return `${escapeText(item.rule)} › ${escapeText(caseName(item))}`;
}

/** What a case is called: one that was made of a row is told from those that people wrote. */
export function caseName({ name, generated }: CaseResult): string {
  return generated ? `${name} (generated)` : name;
}

/** What was expected and what came, one pair for each difference, and the conditions as the engine saw them. */
export function explainCase({ mismatches, conditions }: CaseResult): readonly string[] {
  return [
    ...mismatches.flatMap(({ expected, actual }) => [`expected   ${expected}`, `actual     ${actual}`]),
    ...tableOf(conditions),
  ];
}

function tableOf(rows: readonly ConditionRow[]): readonly string[] {
  const cells = rows.map(({ name, fact, expected, actual, result, wanted }) => [
    name,
    fact,
    expected,
    actual,
    wanted === undefined ? `${result}` : `${String(result).padEnd(5)}  ← expected ${wanted}`,
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
}

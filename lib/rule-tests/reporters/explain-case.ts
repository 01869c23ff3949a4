import { escapeText } from '../../rules/escape-text.ts';
import { fittedColumns } from '../../rules/fitted-columns.ts';
import type { CaseResult, ConditionRow } from '../report.ts';

/** `<rule> › <case>`, and whether nobody wrote it. */
export function caseTitle(item: CaseResult): string {
  return `${escapeText(item.rule)} › ${escapeText(caseName(item))}`;
}

/** What a case is called: one that was made of a row is told from those that people wrote. */
export function caseName({ name, generated }: CaseResult): string {
  return generated ? `${name} (generated)` : name;
}

/**
 * What was expected and what came, one pair for each difference, and the conditions as the engine saw them, in a table
 * of at most `width` characters where one is given.
 */
export function explainCase({ mismatches, conditions }: CaseResult, width?: number): readonly string[] {
  return [
    ...mismatches.flatMap(({ expected, actual }) => [`expected   ${expected}`, `actual     ${actual}`]),
    ...tableOf(conditions, width),
  ];
}

function tableOf(rows: readonly ConditionRow[], width = Number.POSITIVE_INFINITY): readonly string[] {
  const results = rows.map(({ result, wanted }) =>
    wanted === undefined ? `${result}` : `${String(result).padEnd(5)}  ← expected ${wanted}`,
  );
  // What came out is never cut.
  const taken = 4 + Math.max(0, ...results.map((text) => text.length));
  const cells = rows.map(({ name, fact, expected, actual }) => [name, fact, expected, actual]);
  const lines = fittedColumns(cells, width - taken);
  const longest = Math.max(0, ...lines.map((line) => line.length));
  return lines.map((line, i) => `  ${line.padEnd(longest)}  ${results[i] ?? ''}`);
}

import { OUTCOMES } from '../../../triage/outcome.ts';
import { CHANGE_KINDS } from '../../compare.ts';
import { type Comparison, REPORT_SEVERITIES, type SimulationReport } from '../../simulation-report.ts';
import { CHANGES, totalOf } from '../change-counts.ts';
import { fromTo, grouped } from '../grouped.ts';
import { heldWords } from '../held-words.ts';
import { NO_BREAK, quoted, tableHead, tableRow } from '../markup.ts';

/** Beyond these the holders of fields are counted together. */
const MAX_HOLDERS = 8;

/** What became of the findings, by the severity that their providers gave them. */
export function changesTable({ changes, unchanged }: Comparison): string {
  const numbers = [1, ...REPORT_SEVERITIES.map((_, i) => i + 2)];
  const rows = CHANGE_KINDS.map((kind) => {
    const counts = changes[kind];
    const cells = REPORT_SEVERITIES.map((severity) => number(counts[severity]));
    return tableRow([CHANGES[kind], `<b>${number(totalOf(counts))}</b>`, ...cells], numbers);
  });
  return [
    '<table>',
    tableHead(['', 'findings', ...REPORT_SEVERITIES], numbers),
    ...rows,
    tableRow(['unchanged', number(unchanged), ...REPORT_SEVERITIES.map(() => '')], numbers),
    '</table>',
  ].join('\n');
}

/** What the decisions come to and what they cost, before and after where there is a base. */
export function figuresTable({ figures, comparison }: SimulationReport): string {
  const base = comparison?.base.figures;
  const row = (name: string, before: number | undefined, after: number) =>
    tableRow([name, fromTo(before, after, NO_BREAK)], [1]);
  const ofBase = (counts: Readonly<Record<string, number | undefined>> | undefined, key: string) =>
    counts && (Object.hasOwn(counts, key) ? (counts[key] ?? 0) : 0);
  const holders = [...new Set([...Object.keys(figures.held), ...Object.keys(base?.held ?? {})])];
  const outcomes = OUTCOMES.filter((kind) => (figures.outcomes[kind] ?? 0) + (base?.outcomes[kind] ?? 0) > 0);
  return [
    '<table>',
    row('API calls (≤ 100 findings each)', base?.calls, figures.calls),
    row(
      'seconds of the quota of 10 calls a second',
      rounded(base?.quotaSeconds),
      Math.ceil(figures.quotaSeconds),
    ),
    row('no-op updates skipped', base?.noOps, figures.noOps),
    ...outcomes.map((kind) =>
      row(`outcome: ${kind}`, ofBase(base?.outcomes, kind), figures.outcomes[kind] ?? 0),
    ),
    ...holders
      .slice(0, MAX_HOLDERS)
      .map((who) =>
        row(
          `held back by: ${quoted(heldWords(who), 40)}`,
          ofBase(base?.held, who),
          ofBase(figures.held, who) ?? 0,
        ),
      ),
    '</table>',
  ].join('\n');
}

function rounded(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : Math.ceil(seconds);
}

function number(count: number): string {
  return grouped(count, NO_BREAK);
}

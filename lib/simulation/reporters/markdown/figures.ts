import { OUTCOMES } from '../../../triage/outcome.ts';
import { CHANGE_KINDS } from '../../compare.ts';
import { HIDDEN_FIRST } from '../../hiding.ts';
import {
  type Comparison,
  REPORT_SEVERITIES,
  type ReportSeverity,
  type SimulationReport,
} from '../../simulation-report.ts';
import { ALWAYS, CHANGES, totalOf } from '../change-counts.ts';
import { deadLetters } from '../dead-letters.ts';
import { fromTo, grouped } from '../grouped.ts';
import { heldWords } from '../held-words.ts';
import { NO_BREAK, quoted, tableHead, tableRow } from '../markup.ts';

/** Beyond these the holders of fields are counted together. */
const MAX_HOLDERS = 8;

/** What became of the findings, by the severity that their providers gave them; what there is none of is left out. */
export function changesTable(report: SimulationReport, { changes, unchanged }: Comparison): string {
  const dead = deadLetters(report);
  const kinds = CHANGE_KINDS.filter((kind) => ALWAYS.includes(kind) || totalOf(changes[kind]) > 0);
  const isFirst = (severity: ReportSeverity) => HIDDEN_FIRST.some((first) => first === severity);
  const severities = REPORT_SEVERITIES.filter(
    (severity) => isFirst(severity) || kinds.some((kind) => changes[kind][severity] > 0),
  );
  const numbers = [1, ...severities.map((_, i) => i + 2)];
  const rows = kinds.map((kind) => {
    const counts = changes[kind];
    const cells = severities.map((severity) => number(counts[severity]));
    return tableRow([CHANGES[kind], `<b>${number(totalOf(counts))}</b>`, ...cells], numbers);
  });
  return [
    '<table>',
    tableHead(['', 'findings', ...severities], numbers),
    ...rows,
    ...(dead === null
      ? []
      : [
          tableRow(
            ['dead letters', fromTo(dead.before, dead.after, NO_BREAK), ...severities.map(() => '')],
            numbers,
          ),
        ]),
    tableRow(['unchanged', number(unchanged), ...severities.map(() => '')], numbers),
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
    row('findings in a call, on average', base?.batchFill, figures.batchFill),
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

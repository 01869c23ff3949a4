import { OUTCOMES } from '../../../triage/outcome.ts';
import { CHANGE_KINDS } from '../../compare.ts';
import {
  type Comparison,
  REPORT_SEVERITIES,
  type RulesetFigures,
  type SimulationReport,
} from '../../simulation-report.ts';
import { CHANGES, totalOf } from '../change-counts.ts';
import { heldWords } from '../held-words.ts';
import { count, table, text } from './markup.ts';

/** Holders are few unless a finding made them up. */
const MAX_HOLDERS = 50;

/** Every figure of a report that no chart shows, none left out for being 0. */
export function allFigures(report: SimulationReport): readonly string[] {
  const { comparison } = report;
  return [
    ...(comparison === null ? [] : ['<h2>Changes, by severity</h2>', changesTable(comparison)]),
    '<h2>What it comes to, and what it costs</h2>',
    rulesetTable(report),
    '<h2>What was read</h2>',
    inputTable(report),
  ];
}

function changesTable({ changes, unchanged }: Comparison): string {
  const rows = CHANGE_KINDS.map((kind) => [
    CHANGES[kind],
    count(totalOf(changes[kind])),
    ...REPORT_SEVERITIES.map((severity) => count(changes[kind][severity])),
  ]);
  const head = ['findings', ...REPORT_SEVERITIES].map((title) => ({ title, number: true }));
  const rest = ['unchanged', count(unchanged), ...REPORT_SEVERITIES.map(() => '')];
  return table([{ title: 'change' }, ...head], [...rows, rest], { kind: 'stack' });
}

function rulesetTable({ figures, comparison }: SimulationReport): string {
  const sides = comparison === null ? [figures] : [comparison.base.figures, figures];
  const row = (name: string, of: (side: RulesetFigures) => string) => [name, ...sides.map(of)];
  const holders = [...new Set(sides.flatMap(({ held }) => Object.keys(held)))];
  const rows = [
    row('rules', ({ rules }) => count(rules)),
    ...OUTCOMES.map((kind) => row(`outcome: ${kind}`, ({ outcomes }) => count(outcomes[kind] ?? 0))),
    row('no-op updates skipped', ({ noOps }) => count(noOps)),
    ...holders
      .slice(0, MAX_HOLDERS)
      .map((who) =>
        row(`<span>held back by: ${text(heldWords(who), 40)}</span>`, ({ held }) =>
          count(Object.hasOwn(held, who) ? (held[who] ?? 0) : 0),
        ),
      ),
    row('API calls (≤ 100 findings each)', ({ calls }) => count(calls)),
    row('findings in a call, on average', ({ batchFill }) => batchFill.toFixed(1)),
    row('seconds of the quota of 10 calls a second', ({ quotaSeconds }) => count(quotaSeconds)),
  ];
  const names = comparison === null ? ['these rules'] : ['base', 'these rules'];
  return table([{ title: 'figure' }, ...names.map((title) => ({ title, number: true }))], rows);
}

function inputTable({ findings }: SimulationReport): string {
  const { read, distinct, duplicates, invalid, redacted, unreadable } = findings;
  const rows = [
    ['read', count(read)],
    ['distinct: decided and counted', count(distinct)],
    ['read more than once', count(duplicates)],
    ['left out, without Id or ProductArn', count(invalid)],
    ['redacted by triage export', count(redacted)],
    ['places that could not be read', count(unreadable.count)],
  ];
  return table([{ title: 'findings' }, { title: 'count', number: true }], rows);
}

import { escapeText } from '../../rules/escape-text.ts';
import { OUTCOMES } from '../../triage/outcome.ts';
import { CHANGE_KINDS } from '../compare.ts';
import { HIDDEN_FIRST, isHiding } from '../hiding.ts';
import {
  type Comparison,
  type CountsBySeverity,
  REPORT_SEVERITIES,
  type RulesetFigures,
  type SimulationReport,
} from '../simulation-report.ts';
import { ALWAYS, CHANGES, totalOf } from './change-counts.ts';
import { columns } from './columns.ts';
import { deadLetters } from './dead-letters.ts';
import { fromTo, grouped } from './grouped.ts';
import { heldWords } from './held-words.ts';
import { severityRows, workflowRows } from './standing-rows.ts';

export const DEAD_LETTERS = 'dead letters';

/** The lines of an impact: what becomes of the findings, and what it costs. */
export function impactLines(report: SimulationReport, comparison: Comparison): readonly string[] {
  const { figures } = report;
  const { figures: base } = comparison.base;
  const dead = deadLetters(report);
  const kinds = CHANGE_KINDS.filter((kind) => ALWAYS.includes(kind) || totalOf(comparison.changes[kind]) > 0);
  const noOps = figures.noOps === 0 ? '' : `  of which no-op updates skipped ${grouped(figures.noOps)}`;
  const rows = [
    ...kinds.map((kind) => {
      const counts = comparison.changes[kind];
      return [CHANGES[kind], grouped(totalOf(counts)), `  ${bySeverity(counts, isHiding(kind))}`];
    }),
    ...(dead === null
      ? []
      : [
          [DEAD_LETTERS, grouped(dead.before), `→ ${grouped(dead.after)} (no update can be applied to them)`],
        ]),
    ['unchanged', grouped(comparison.unchanged), noOps],
    ['API calls', grouped(base.calls), `→ ${grouped(figures.calls)} (≤ 100 findings each)`],
    [
      'findings a call',
      base.batchFill.toFixed(1),
      `→ ${figures.batchFill.toFixed(1)} on average; ${fromTo(base.quotaSeconds, figures.quotaSeconds)} s of the quota of 10 calls a second`,
    ],
    ...setAside(figures).map(([label, count, text]) => [label, count, `  ${text}`]),
  ];
  // The arrow of the calls stands right after the count, all else a little apart.
  return columns(rows, [1]).map((line) => line.replace(/ {2}→/, ' →'));
}

/** The lines of one ruleset alone. */
export function figureLines(report: SimulationReport): readonly string[] {
  const { figures } = report;
  const outcomes = OUTCOMES.filter((kind) => (figures.outcomes[kind] ?? 0) > 0).map(
    (kind) => `${kind} ${grouped(figures.outcomes[kind] ?? 0)}`,
  );
  const standing = (rows: ReturnType<typeof workflowRows>) =>
    rows
      .filter(({ now, after }) => now + after > 0)
      .map(
        ({ name, now, after }) => `${escapeText(name)} ${now === after ? grouped(now) : fromTo(now, after)}`,
      )
      .join(' · ');
  return columns([
    ['outcomes', outcomes.join(' · ') || 'none'],
    ['workflow', standing(workflowRows(report))],
    ['severity', standing(severityRows(report))],
    [
      'API calls',
      `${grouped(figures.calls)} (≤ 100 findings each, ${figures.batchFill.toFixed(1)} on average)`,
    ],
    ['quota', `${grouped(Math.ceil(figures.quotaSeconds))} s of 10 calls a second`],
    ...(figures.noOps > 0 ? [['no-op updates', `${grouped(figures.noOps)} skipped`]] : []),
    ...setAside(figures).map(([label, count, text]) => [label, `${count}  ${text}`]),
  ]);
}

/** What the rules wanted and did not do. */
function setAside({ held, outcomes }: RulesetFigures): readonly (readonly [string, string, string])[] {
  const by = Object.entries(held).filter(([, count]) => count > 0);
  const observed = outcomes.observed ?? 0;
  return [
    ...(by.length > 0
      ? [
          [
            'held back',
            grouped(by.reduce((sum, [, count]) => sum + count, 0)),
            by.map(([who, count]) => `${escapeText(heldWords(who))} ${grouped(count)}`).join('   '),
          ] as const,
        ]
      : []),
    ...(observed > 0
      ? [
          [
            'only observed',
            grouped(observed),
            'their rules or the stack only observe: nothing is sent',
          ] as const,
        ]
      : []),
  ];
}

function bySeverity(counts: CountsBySeverity, withFirst: boolean): string {
  return REPORT_SEVERITIES.filter(
    (severity) => counts[severity] > 0 || (withFirst && HIDDEN_FIRST.some((first) => first === severity)),
  )
    .map((severity) => `${severity} ${grouped(counts[severity])}`)
    .join('   ');
}

import { OUTCOMES } from '../../triage/outcome.ts';
import type { Ruled } from '../decide/verdict.ts';
import {
  type CountsBySeverity,
  REPORT_SEVERITIES,
  type ReportSeverity,
  type RulesetFigures,
} from '../simulation-report.ts';
import type { CallFigures } from './calls.ts';
import { flatMapped } from './flat-mapped.ts';

type Weighted<T> = Iterable<readonly [value: T, findings: number, ...beside: unknown[]]>;

/** What a ruleset makes of all findings, of what it makes of each kind of them. */
export function figuresOf(
  ruleNames: readonly string[],
  ruled: Weighted<Ruled>,
  calls: CallFigures,
): RulesetFigures {
  const outcomes = countBy(ruled, ({ outcome }) => [outcome]);
  const matched = countBy(ruled, (one) => one.matched);
  const decided = countBy(ruled, (one) => one.decided);
  return {
    rules: ruleNames.length,
    outcomes: Object.fromEntries(OUTCOMES.flatMap((kind) => entryOf(kind, outcomes))),
    workflow: recordOf(countBy(ruled, ({ workflow }) => [workflow])),
    severity: bySeverity(flatMapped(ruled, ([{ severity }, findings]) => [[severity, findings] as const])),
    noOps: countWhere(ruled, ({ noOp }) => noOp),
    held: recordOf(countBy(ruled, ({ heldBy }) => heldBy)),
    ...calls,
    byRule: ruleNames
      .map((rule) => ({ rule, matched: matched.get(rule) ?? 0, decided: decided.get(rule) ?? 0 }))
      .sort((a, b) => b.matched - a.matched || (a.rule < b.rule ? -1 : 1)),
  };
}

/** Counts of every severity, 0 included. */
export function bySeverity(values: Weighted<ReportSeverity>): CountsBySeverity {
  const counts = countBy(values, (severity) => [severity]);
  return Object.fromEntries(
    REPORT_SEVERITIES.map((severity) => [severity, counts.get(severity) ?? 0]),
  ) as Record<ReportSeverity, number>;
}

/** How many findings have each key. */
export function countBy<T>(
  values: Weighted<T>,
  keysOf: (value: T) => readonly string[],
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [value, findings] of values)
    for (const key of keysOf(value)) counts.set(key, (counts.get(key) ?? 0) + findings);
  return counts;
}

/** How many findings it holds of. */
export function countWhere<T>(values: Weighted<T>, holds: (value: T) => boolean): number {
  let count = 0;
  for (const [value, findings] of values) if (holds(value)) count += findings;
  return count;
}

/** By key, in the order of the keys. */
export function recordOf(counts: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function entryOf(key: string, counts: ReadonlyMap<string, number>): readonly (readonly [string, number])[] {
  const count = counts.get(key);
  return count === undefined ? [] : [[key, count]];
}

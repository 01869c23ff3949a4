import type { Verdict } from '../simulation/decide/verdict.ts';
import type { CountsBySeverity, ReportSeverity } from '../simulation/simulation-report.ts';
import { bySeverity } from '../simulation/tally/figures.ts';
import { flatMapped } from '../simulation/tally/flat-mapped.ts';
import type { Counted, CountedVerdict } from '../simulation/tally/tally.ts';
import type { GoneRule, SuppressionCounts } from './suppression-report.ts';

/** What the decided findings say of rules, those that are and those that were. */
export interface CountedSuppressions {
  readonly ofRule: (name: string) => SuppressionCounts;
  /** Most findings first. */
  readonly gone: readonly GoneRule[];
}

/** Counts by rule; the findings were counted with `withSuppressions`. */
export function countSuppressions({ verdicts }: Counted): CountedSuppressions {
  const suppressed = sumBy(verdicts, ({ suppression }) => listed(suppression?.by));
  const held = sumBy(verdicts, ({ suppression }) => listed(suppression?.heldFrom));
  const matched = sumBy(verdicts, ({ ruled, suppression }) => [
    ...ruled.matched,
    ...(suppression?.ended ?? []),
  ]);
  const gone = sumBy(verdicts, ({ suppression }) => suppression?.gone ?? []);
  const goneSuppressed = sumBy(verdicts, ({ suppression }) =>
    suppression?.markSuppresses ? suppression.gone : [],
  );
  const none = bySeverity([]);
  return {
    ofRule: (name) => {
      const { findings = none, latestMs = Number.NEGATIVE_INFINITY } = matched.get(name) ?? {};
      return {
        suppressed: suppressed.get(name)?.findings ?? none,
        held: held.get(name)?.findings ?? none,
        matched: findings,
        lastMatched: Number.isFinite(latestMs) ? new Date(latestMs).toISOString() : null,
      };
    },
    gone: [...gone]
      .map(([rule, { findings }]) => ({
        rule,
        findings,
        suppressed: goneSuppressed.get(rule)?.findings ?? none,
      }))
      .sort((a, b) => total(b.findings) - total(a.findings) || (a.rule < b.rule ? -1 : 1)),
  };
}

/** Counts by the provider's severity, of all of them. */
export function severitiesOf(found: Iterable<CountedVerdict>): CountsBySeverity {
  return bySeverity(flatMapped(found, ([{ severity }, findings]) => [[severity, findings] as const]));
}

/** The sum over all severities. */
export function total(counts: CountsBySeverity): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** Sums, severity by severity. */
export function sumOf(counts: readonly CountsBySeverity[]): CountsBySeverity {
  return bySeverity(
    counts.flatMap((one) => Object.entries(one) as (readonly [keyof CountsBySeverity, number])[]),
  );
}

interface Sum {
  readonly findings: Record<ReportSeverity, number>;
  /** When the newest of them was updated; −Infinity where none says it. */
  latestMs: number;
}

function sumBy(
  verdicts: Iterable<CountedVerdict>,
  keysOf: (verdict: Verdict) => readonly string[],
): ReadonlyMap<string, Readonly<Sum>> {
  const sums = new Map<string, Sum>();
  for (const [verdict, findings, latestMs] of verdicts)
    for (const key of keysOf(verdict)) {
      const sum = sums.get(key) ?? { findings: { ...bySeverity([]) }, latestMs: Number.NEGATIVE_INFINITY };
      sum.findings[verdict.severity] += findings;
      sum.latestMs = Math.max(sum.latestMs, latestMs);
      sums.set(key, sum);
    }
  return sums;
}

function listed(name: string | null | undefined): readonly string[] {
  return name === null || name === undefined ? [] : [name];
}

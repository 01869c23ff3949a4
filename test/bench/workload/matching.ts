import type { Finding } from '../../../lib/findings/finding.ts';
import type { Ruleset } from '../../../lib/rules/ruleset.ts';
import { decide } from '../../../lib/triage/decide.ts';
import { WORKLOAD_NOW } from './situation.ts';

export const IMPORTED = { detailType: 'Security Hub Findings - Imported' } as const;

/** The names of the rules that match each finding, as the product's trace tells them, sorted. */
export async function matchesOf(
  ruleset: Ruleset,
  findings: readonly Finding[],
): Promise<readonly (readonly string[])[]> {
  const matches: (readonly string[])[] = [];
  for (const finding of findings) {
    const { trace } = await decide(finding, IMPORTED, ruleset, WORKLOAD_NOW);
    matches.push(trace.flatMap(({ rule, matched }) => (matched ? [rule] : [])).toSorted());
  }
  return matches;
}

export interface MatchRates {
  /** The share of findings that match at least one rule. */
  readonly matched: number;
  readonly matchesPerFinding: number;
}

export function ratesOf(matches: readonly (readonly unknown[])[]): MatchRates {
  const total = matches.reduce((sum, names) => sum + names.length, 0);
  return {
    matched: matches.filter((names) => names.length > 0).length / matches.length,
    matchesPerFinding: total / matches.length,
  };
}

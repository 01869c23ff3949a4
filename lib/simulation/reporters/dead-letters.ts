import type { SimulationReport } from '../simulation-report.ts';

export interface DeadLetterCounts {
  readonly before: number;
  readonly after: number;
}

/** Findings that end as dead letters under the base and under the change; null without a base, or without any. */
export function deadLetters({ comparison, figures }: SimulationReport): DeadLetterCounts | null {
  if (comparison === null) return null;
  const before = comparison.base.figures.outcomes.deadLettered ?? 0;
  const after = figures.outcomes.deadLettered ?? 0;
  return before + after === 0 ? null : { before, after };
}

import type { Cause } from '../../lib/triage/decision.ts';
import type { Decided } from './decisions.ts';

/** What one execution environment may still suppress anew. */
export interface SuppressionBudget {
  /** Findings; Infinity where no budget is set. */
  readonly left: (nowMs: number) => number;
  /** One finding was confirmed as newly suppressed. */
  readonly spend: (atMs: number) => void;
}

/** The cause of a finding that returns to the queue because of the breaker. */
export const OVER_BUDGET: Cause = {
  code: 'SuppressionBudget',
  message: 'This hour has newly suppressed as many findings as triage:suppressionsPerHour allows',
};

const HOUR_MS = 3_600_000;

/**
 * The breaker's fast half. CloudWatch needs minutes to see a rule that suppresses too much, and the function can
 * suppress 600 findings a second: so each environment stops by itself at its share of the hour's budget, and the
 * alarm on what it held back pauses triage. Only this environment's memory: a new one starts with a full share, which
 * is why a second alarm counts the hour over all of them.
 *
 * @param perHour This environment's share; null for none.
 */
export function createSuppressionBudget(perHour: number | null): SuppressionBudget {
  const spentAtMs: number[] = [];
  return {
    left(nowMs) {
      if (perHour === null) return Number.POSITIVE_INFINITY;
      const firstOfHour = spentAtMs.findIndex((atMs) => nowMs - atMs < HOUR_MS);
      spentAtMs.splice(0, firstOfHour === -1 ? spentAtMs.length : firstOfHour);
      return perHour - spentAtMs.length;
    },
    spend(atMs) {
      if (perHour !== null) spentAtMs.push(atMs);
    },
  };
}

/**
 * Blocks what would newly suppress beyond the budget, in the batch's order. Blocked findings return to the queue, for
 * nothing else brings a finding back whose event was acknowledged.
 */
export function holdBackSuppressions(
  decided: readonly Decided[],
  budget: SuppressionBudget,
  nowMs: number,
): readonly Decided[] {
  let left = budget.left(nowMs);
  return decided.map((one) => {
    const suppresses = one.blocked === null && one.decision.kind === 'update' && one.decision.newlySuppressed;
    if (!suppresses) return one;
    left -= 1;
    return left >= 0 ? one : { ...one, blocked: { kind: 'returned', cause: OVER_BUDGET } };
  });
}

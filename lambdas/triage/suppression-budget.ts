import type { FindingIdentifier } from '../../lib/findings/finding.ts';
import { findingKey } from '../../lib/findings/finding-key.ts';
import type { Cause } from '../../lib/triage/decision.ts';
import type { Applied } from './apply.ts';
import type { Decided } from './decisions.ts';

/** What one execution environment may still suppress anew. */
export interface SuppressionBudget {
  /** Findings; Infinity where no budget is set. */
  readonly left: (nowMs: number) => number;
  /** Whether the finding counts already, though nothing confirmed that it was suppressed. */
  readonly isInDoubt: (finding: FindingIdentifier) => boolean;
  /**
   * One finding was confirmed as newly suppressed, or may be: its call failed on its way. What may be counts once, however
   * often it is tried and whether it is confirmed in the end. Answers whether it counts by this.
   */
  readonly spend: (finding: FindingIdentifier, atMs: number, isConfirmed: boolean) => boolean;
}

/** The cause of a finding that returns to the queue because of the breaker. */
export const OVER_BUDGET: Cause = {
  code: 'SuppressionBudget',
  message: 'This hour has newly suppressed as many findings as triage:suppressionsPerHour allows',
};

const HOUR_MS = 3_600_000;
/** So many are known to be counted where no budget limits them: some 6 MB. */
const IN_DOUBT = 20_000;

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
  /** By finding key, when what may have been suppressed was last tried; in that order. */
  const inDoubt = new Map<string, number>();
  return {
    left(nowMs) {
      const firstOfHour = spentAtMs.findIndex((atMs) => nowMs - atMs < HOUR_MS);
      spentAtMs.splice(0, firstOfHour === -1 ? spentAtMs.length : firstOfHour);
      for (const [key, atMs] of inDoubt) {
        if (nowMs - atMs < HOUR_MS) break;
        inDoubt.delete(key);
      }
      return perHour === null ? Number.POSITIVE_INFINITY : perHour - spentAtMs.length - inDoubt.size;
    },
    isInDoubt: (finding) => inDoubt.has(findingKey(finding)),
    spend(finding, atMs, isConfirmed) {
      const key = findingKey(finding);
      const isCounted = inDoubt.delete(key);
      if (!isConfirmed) inDoubt.set(key, atMs);
      else if (perHour !== null) spentAtMs.push(atMs);
      const [oldest] = inDoubt.keys();
      if (perHour === null && inDoubt.size > IN_DOUBT && oldest !== undefined) inDoubt.delete(oldest);
      return !isCounted;
    },
  };
}

/**
 * Counts what was newly suppressed or may have been: a hub that suppresses and is too slow to say so must not be outside
 * the budget. Answers how many findings count by this.
 */
export function countSuppressions(
  decided: readonly Decided[],
  applied: ReadonlyMap<string, Applied>,
  budget: SuppressionBudget,
): number {
  return decided.filter(({ decision: { finding, newlySuppressed } }) => {
    const end = applied.get(findingKey(finding));
    if (!newlySuppressed || end === undefined) return false;
    const isConfirmed = end.result.kind === 'updated';
    return (isConfirmed || end.mayStand) && budget.spend(finding, end.atMs, isConfirmed);
  }).length;
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
    // What is in doubt has been taken off already.
    if (!suppresses || budget.isInDoubt(one.decision.finding)) return one;
    left -= 1;
    return left >= 0 ? one : { ...one, blocked: { kind: 'returned', cause: OVER_BUDGET } };
  });
}

import type { FindingUpdate } from '../findings/update.ts';
import type { Cause, Decision } from './decision.ts';
import { type FindingOutcome, OUTCOMES } from './outcome.ts';

/** What became of one identifier once its update was sent, or could not be. */
export type UpdateResult =
  | { readonly kind: 'updated' }
  | { readonly kind: 'deadLettered'; readonly cause: Cause }
  | { readonly kind: 'returned'; readonly cause: Cause };

/**
 * Names the one outcome of a decided finding. Observing, nothing is sent, so whatever rules or ownership wanted is
 * `observed`. Enforcing, a decision to update ends as its calls ended; `result` is null where none was made.
 */
export function settleDecision(
  decision: Decision,
  result: UpdateResult | null,
  mode: 'observe' | 'enforce',
): FindingOutcome {
  if (decision.kind === 'unchanged') return outcomeOf(decision, 'unchanged', null);
  if (mode === 'observe') return outcomeOf(decision, 'observed', null, decision.cause);
  if (decision.kind === 'deadLetter')
    return outcomeOf(decision, 'deadLettered', decision.update, decision.cause ?? UNEXPLAINED);
  if (decision.kind !== 'update') return outcomeOf(decision, decision.kind, null);
  // An update that nobody sent must never read as done.
  if (result === null) return outcomeOf(decision, 'returned', decision.update, NOT_SENT);
  return outcomeOf(
    decision,
    result.kind,
    decision.update,
    result.kind === 'updated' ? undefined : result.cause,
  );
}

/** The stronger of two outcomes of one finding, by the order of OUTCOMES. */
export function strongerOutcome(a: FindingOutcome, b: FindingOutcome): FindingOutcome {
  return OUTCOMES.indexOf(b.outcome) < OUTCOMES.indexOf(a.outcome) ? b : a;
}

function outcomeOf(
  decision: Decision,
  outcome: FindingOutcome['outcome'],
  update: FindingUpdate | null,
  cause?: Cause,
): FindingOutcome {
  return {
    Id: decision.finding.Id,
    ProductArn: decision.finding.ProductArn,
    outcome,
    rules: decision.rules,
    update,
    held: decision.held.map(({ field }) => field),
    ...(cause !== undefined && { cause }),
  };
}

const NOT_SENT: Cause = { code: 'NotSent', message: 'No call was made for this finding' };
const UNEXPLAINED: Cause = { code: 'DecisionRefused', message: 'The decision cannot be sent' };

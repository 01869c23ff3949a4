import type { FindingUpdate } from '../findings/update.ts';
import type { Cause, Decision } from './decision.ts';
import type { FindingOutcome } from './outcome.ts';

/** What became of one identifier once its update was sent, or could not be. */
export type UpdateResult =
  | { readonly kind: 'updated' }
  | { readonly kind: 'deadLettered'; readonly cause: Cause }
  | { readonly kind: 'returned'; readonly cause: Cause };

/**
 * Names the one outcome of a decided finding. Where a call was made, or had to be and could not, its result is the
 * outcome; `result` is null where there was none. Observing, nothing is sent, so whatever rules or ownership
 * wanted is `observed`.
 */
export function settleDecision(
  decision: Decision,
  result: UpdateResult | null,
  mode: 'observe' | 'enforce',
): FindingOutcome {
  if (result !== null) {
    const cause = 'cause' in result ? result.cause : undefined;
    return outcomeOf(decision, result.kind, decision.update, cause);
  }
  if (decision.kind === 'unchanged') return outcomeOf(decision, 'unchanged', null);
  if (mode === 'observe') return outcomeOf(decision, 'observed', null, decision.cause);
  // An update that nobody sent must never read as done.
  if (decision.kind === 'update') return outcomeOf(decision, 'returned', decision.update, NOT_SENT);
  if (decision.kind !== 'deadLetter') return outcomeOf(decision, decision.kind, null);
  return outcomeOf(decision, 'deadLettered', decision.update, decision.cause ?? UNEXPLAINED);
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

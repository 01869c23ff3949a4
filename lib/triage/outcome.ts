import type { FindingUpdate } from '../findings/update.ts';
import type { Cause } from './decision.ts';

/** How a finding can end, strongest first: where several apply, the earlier one is its outcome. */
export const OUTCOMES = ['deadLettered', 'returned', 'updated', 'held', 'observed', 'unchanged'] as const;
export type OutcomeKind = (typeof OUTCOMES)[number];

/** One line of `outcomes.ndjson`: how one finding ended. */
export interface FindingOutcome {
  readonly Id: string;
  readonly ProductArn: string;
  readonly outcome: OutcomeKind;
  /** Names of the winning rules in order. */
  readonly rules: readonly string[];
  /** What was sent or attempted, without FindingIdentifiers, marks included; null where nothing was. */
  readonly update: FindingUpdate | null;
  /** The fields that were left because someone else set them. */
  readonly held: readonly string[];
  readonly cause?: Cause;
}

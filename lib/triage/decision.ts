import type { FindingIdentifier } from '../findings/finding.ts';
import type { FindingUpdate } from '../findings/update.ts';

/** Why a value that rules would have changed was left as it stands. */
export type HeldBy =
  /** Someone else set the value. */
  | 'person'
  /** A severity that differs from the provider's on a finding we never touched: most likely a native automation rule. */
  | 'nativeRule'
  /** RESOLVED on a PASSED control finding: the service sets it. */
  | 'service'
  /** The user-defined field `<prefix>Hold` holds the whole finding. */
  | 'hold'
  /** Another instance's mark holds the whole finding. */
  | 'instance'
  /** A CRITICAL finding may only be suppressed by a rule with `allowCritical`. */
  | 'critical';

export interface HeldField {
  /** An updatable field, or `UserDefinedFields.<key>`. */
  readonly field: string;
  readonly by: HeldBy;
}

/** Why a finding went to the dead-letter queue or back to the ingest queue. */
export interface Cause {
  readonly code: string;
  readonly message: string;
}

/** One leaf condition as the engine judged it. */
export interface ConditionTrace {
  readonly name?: string;
  readonly fact: string;
  readonly operator: string;
  /** The right-hand side after `{fact}` values are resolved. */
  readonly expected: unknown;
  readonly actual: unknown;
  readonly result: boolean;
}

/**
 * `matching`: the rules that matched or would have, had they not expired, without their conditions; `all`: every rule,
 * each condition as the engine judged it.
 */
export type TraceDetail = 'matching' | 'all';

/** What became of one rule on one finding. */
export interface RuleTrace {
  readonly rule: string;
  readonly mode: 'observe' | 'enforce';
  readonly matched: boolean;
  /** The rule would have matched, but its last day has passed. */
  readonly expired: boolean;
  /** It matched, but a rule of higher priority with `stop` had ended evaluation. */
  readonly stopped: boolean;
  /** The fields (`UserDefinedFields.<key>` a key) this rule decided. */
  readonly won: readonly string[];
  /** Every leaf of its conditions; empty unless the full trace was asked for. */
  readonly conditions: readonly ConditionTrace[];
}

/** What rules want of a finding, after ownership and diff; nothing has been sent. */
export interface Decision {
  readonly finding: FindingIdentifier;
  /** `update`: send it. `held`, `observed`, `unchanged`: nothing to send. `deadLetter`: cannot be sent, see `cause`. */
  readonly kind: 'update' | 'held' | 'observed' | 'unchanged' | 'deadLetter';
  /** What to send, marks included; for `deadLetter` what could not be sent; otherwise null. */
  readonly update: FindingUpdate | null;
  /** Names of the enforced rules that decided a field, in winning order; of the observed ones for `observed`. */
  readonly rules: readonly string[];
  readonly held: readonly HeldField[];
  /**
   * Fields of ours that no rule decides any more and that stay all the same: the function's role may not write them,
   * for no enforced rule does and `withdrawing` does not name them. Absent where there is none.
   */
  readonly kept?: readonly string[];
  /** The fields that stand as a press of ours asks for once this is carried out; absent where no press was decided. */
  readonly pressed?: readonly string[];
  /** What would be sent if every observed rule were enforced, where that differs from `update`. */
  readonly observed: { readonly rules: readonly string[]; readonly update: FindingUpdate | null } | null;
  readonly cause?: Cause;
  /** True when the update turns a finding that is not SUPPRESSED into one that is. */
  readonly newlySuppressed: boolean;
  /** One entry for each rule that matched or would have; every rule when asked for a full trace. */
  readonly trace: readonly RuleTrace[];
}

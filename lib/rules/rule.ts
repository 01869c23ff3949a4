import type { FindingUpdate } from '../findings/update.ts';

/** One comparison of a fact with a value, as json-rules-engine reads it. */
export interface LeafCondition {
  readonly name?: string;
  /** An ASFF path, or a lower-case fact: `lists.<name>`, `account.<key>`, `ageDays`, `event.<member>`. */
  readonly fact: string;
  readonly operator: string;
  /** A literal, `{fact: "…"}`, or for anyElement, everyElement and noElement a condition block on the element. */
  readonly value: unknown;
}

export type Condition =
  | LeafCondition
  | { readonly name?: string; readonly all: readonly Condition[] }
  | { readonly name?: string; readonly any: readonly Condition[] }
  | { readonly name?: string; readonly not: Condition }
  | { readonly name?: string; readonly condition: string };

/** What a rule writes: BatchUpdateFindings members verbatim, but `Note.UpdatedBy`, which the product sets. */
export type UpdateTemplate = Omit<FindingUpdate, 'Note'> & { readonly Note?: { readonly Text: string } };

export const REASON_CODES = [
  'false-positive',
  'accepted-risk',
  'compensating-control',
  'planned-fix',
  'out-of-scope',
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

/** One rule file, after every check: `conditions`, `event`, `priority` and `name` are json-rules-engine's own. */
export interface Rule {
  readonly name: string;
  readonly description?: string;
  readonly owner: string;
  readonly reasonCode?: ReasonCode;
  readonly reason?: string;
  readonly ticket?: string;
  /** `YYYY-MM-DD`, valid through 23:59:59.999 UTC of that day, or `never`. */
  readonly expires?: string;
  /** `YYYY-MM-DD`, demanded of a suppressing rule that never expires. */
  readonly reviewBy?: string;
  readonly mode: 'observe' | 'enforce';
  /** Integer ≥ 1; the highest wins. */
  readonly priority: number;
  readonly conditions: Condition;
  readonly event: { readonly type: 'update'; readonly params: UpdateTemplate };
  /** Ends evaluation for rules of lower priority. */
  readonly stop?: boolean;
  /** Fields this rule may change although someone else set them. */
  readonly overwrite?: readonly (keyof UpdateTemplate)[];
  /** Takes over a value that someone else set and that equals the decided one, where nothing else that the rule won is held. */
  readonly adopt?: boolean;
  /** Confirms that this rule may suppress CRITICAL findings. */
  readonly allowCritical?: boolean;
}

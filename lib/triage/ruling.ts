import type { FindingUpdate } from '../findings/update.ts';
import type { Rule } from '../rules/rule.ts';
import type { Cause, HeldField, RuleTrace } from './decision.ts';
import type { FieldName } from './field.ts';
import type { Judgement } from './judge.ts';
import type { Wish } from './merge.ts';

/** What a set of rules makes of a finding, holds on the whole finding left aside. */
export interface Ruling {
  readonly update: FindingUpdate | null;
  /** The fields that `update` changes, marks left out. */
  readonly changed: readonly FieldName[];
  readonly held: readonly HeldField[];
  /** Fields that no rule decides and that the role may not take back; absent where there is none. */
  readonly kept?: readonly FieldName[];
  /** The fields that a press asks for and gets, or that stand so; absent where none was decided. */
  readonly pressed?: readonly FieldName[];
  readonly cause?: Cause;
  /** Names of the rules that decided a field, in winning order. */
  readonly rules: readonly string[];
  readonly judgements: readonly Judgement[];
  /** The matching rules that were heard: those that a `stop` cut off are not among them. */
  readonly counted: readonly Rule[];
  readonly wishes: readonly Wish[];
}

/** The ruling that counts, and what it would be if the observed rules were enforced too; the same where they agree. */
export interface Rulings {
  readonly enforced: Ruling;
  readonly shadow: Ruling;
  readonly trace: readonly RuleTrace[];
}

import type { UpdateTemplate } from '../rules/rule.ts';
import type { Remark } from './remark.ts';
import type { Tree } from './tree.ts';

/** One rule of the system that is imported from, understood. */
export interface SourceRule {
  /** What the source calls it. */
  readonly title: string;
  /** What it is for, in the source's words. */
  readonly description: string;
  /** Where it is from, e.g. `the automation rule "x" (order 5)`. */
  readonly origin: string;
  /** Whether it is switched off there: imported only on demand, and never enforced. */
  readonly isDisabled: boolean;
  /** Whether no later rule acts on findings that it acts on. */
  readonly isTerminal: boolean;
  /** All of these hold; null where they could not be read, which `refusals` explain. */
  readonly criteria: readonly Tree[] | null;
  readonly params: UpdateTemplate;
  readonly remarks: readonly Remark[];
  /** Why it cannot be imported; empty where it can. */
  readonly refusals: readonly string[];
}

/** What a file came to: rules in the order in which the source applies them, a later one winning over an earlier. */
export interface SourceRules {
  readonly system: string;
  readonly rules: readonly SourceRule[];
  /** What holds for each of them. */
  readonly remarks: readonly Remark[];
  /** The instant that the tests will decide at, in ms since 1970. */
  readonly nowMs: number;
}

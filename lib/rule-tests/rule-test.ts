import type { Finding } from '../findings/finding.ts';
import type { TriageEvent } from '../findings/triage-event.ts';
import type { FindingUpdate } from '../findings/update.ts';
import type { Rule } from '../rules/rule.ts';
import type { JsonPath, Source } from '../rules/source.ts';

/** What a case says must come out. */
export interface Expectation {
  readonly matches: boolean;
  /** The name of the condition, or block of conditions, that alone must keep the rule from matching. */
  readonly because?: string;
  /** A part of what must be sent by the whole ruleset. */
  readonly update?: Partial<FindingUpdate>;
  /** The rule that must decide what the rule under test would have. */
  readonly winner?: string;
}

/** One finding, one instant and what must become of it. */
export interface RuleCase {
  readonly name: string;
  /** The sample with the case's patch on it. */
  readonly finding: Finding;
  readonly event: TriageEvent;
  readonly nowMs: number;
  readonly expect: Expectation;
  /** Why the expectation does not hold yet. */
  readonly knownGap?: string;
  /** Made of a row of exceptions, not written by a person. */
  readonly generated?: true;
  /** Absolute path of the test file; of a generated case that of the row. */
  readonly file: string;
  /** Where the case, or the row, stands in it; both from 1. */
  readonly line: number;
  readonly column: number;
}

/** A rule and all its cases, of one test file or several. */
export interface RuleTest {
  readonly rule: Rule;
  readonly cases: readonly RuleCase[];
  /** Where a rule without a file of its own is spoken of: the row it was made of. */
  readonly place?: { readonly source: Source; readonly path: JsonPath };
}

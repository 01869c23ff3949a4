import type { Diagnostic } from '../diagnostic.ts';
import type { Space } from '../meeting/space.ts';
import type { Rule } from '../rule.ts';
import type { Ruleset } from '../ruleset.ts';
import type { ConditionFile, ReadFile, Workspace } from '../workspace.ts';

/** A rule against whose file nothing stands, as its file has it and as decisions see it. */
export interface LintedRule {
  readonly file: ConditionFile;
  readonly rule: Rule;
}

/** A `<name>.test.json` as far as lint needs it; running it is the work of `triage test`. */
export interface TestSummary {
  readonly rule: string;
  /** Cases without `knownGap` that expect a match, and that expect none. */
  readonly matches: number;
  readonly misses: number;
  readonly cases: number;
}

/** The rules of an earlier revision, to be held against what they are now. */
export interface BaseRules {
  /** The revision as the user named it. */
  readonly ref: string;
  readonly rules: readonly LintedRule[];
  readonly workspace: Workspace;
}

/** All that the checks of lint look at. */
export interface LintContext {
  /** Absolute path of the rules folder. */
  readonly root: string;
  /** Whether nothing was left out of `rules`: only then is a rule that is not there gone. */
  readonly complete: boolean;
  readonly base?: BaseRules;
  readonly workspace: Workspace;
  /** The instant that dates are compared with, in ms since 1970. */
  readonly now: number;
  /** Rules that could be deployed; what is wrong with the others has been said already. */
  readonly rules: readonly LintedRule[];
  /** Made of these rules alone. */
  readonly ruleset: Ruleset;
  readonly files: readonly ReadFile[];
  readonly space: Space;
  readonly tests: readonly TestSummary[];
  /** Files of `samples/` that are JSON. */
  readonly samples: readonly Pick<ReadFile, 'source' | 'value'>[];
}

/** One check of lint. Its diagnostics have the level of its code, unless it says `warning` itself. */
export type LintCheck = (context: LintContext) => readonly Diagnostic[] | Promise<readonly Diagnostic[]>;

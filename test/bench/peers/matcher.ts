import type { Finding } from '../../../lib/findings/finding.ts';
import type { Ruleset } from '../../../lib/rules/ruleset.ts';

/** Tells the names of the rules a finding matches, in any order. */
export type Matcher = (finding: Finding) => readonly string[] | Promise<readonly string[]>;

/** Readies one engine for a ruleset: whatever it can do once is done here. */
export type BuildMatcher = (ruleset: Ruleset) => Matcher;

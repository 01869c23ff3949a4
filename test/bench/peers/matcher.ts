import type { Finding } from '../../../lib/findings/finding.ts';
import type { Ruleset } from '../../../lib/rules/ruleset.ts';

/** Tells the names of the rules a finding matches, in any order. */
export interface Matcher {
  (finding: Finding): readonly string[] | Promise<readonly string[]>;
  /** Lets go of what is known of earlier findings, where anything is: the next pass meets the same ones as a first. */
  readonly forget?: () => void;
}

/** Readies one engine for a ruleset: whatever it can do once is done here. */
export type BuildMatcher = (ruleset: Ruleset) => Matcher;

/** The names of those rules of which `holds` is true: a loop, so that a peer is charged for nothing but its own work. */
export function namesWhere<R extends { readonly name: string }>(
  rules: readonly R[],
  holds: (rule: R) => boolean,
): readonly string[] {
  const names: string[] = [];
  for (const rule of rules) if (holds(rule)) names.push(rule.name);
  return names;
}

import { createWorkspace } from '../create-workspace.ts';
import type { LoadedRules } from '../load.ts';
import type { BaseRules, LintedRule } from './lint-context.ts';

/** The rules of a revision as checks compare with them; null where they do not load, for then they decide nothing. */
export function baseRulesOf(ref: string, { ruleset, files }: LoadedRules): BaseRules | null {
  if (ruleset === null) return null;
  const workspace = createWorkspace(files);
  return { ref, workspace, rules: pairRules(workspace.rules, ruleset.rules) };
}

/** Each rule as decisions see it with the file it stands in. */
export function pairRules(
  files: readonly LintedRule['file'][],
  rules: readonly LintedRule['rule'][],
): readonly LintedRule[] {
  const byName = new Map(files.map((file) => [file.name, file]));
  return rules.flatMap((rule) => {
    const file = byName.get(rule.name);
    return file === undefined ? [] : [{ file, rule }];
  });
}

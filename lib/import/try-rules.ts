import { buildRuleset } from '../rules/build-ruleset.ts';
import { createWorkspace } from '../rules/create-workspace.ts';
import { pairRules } from '../rules/lint/base-rules.ts';
import type { LintContext } from '../rules/lint/lint-context.ts';
import { checkNegationOnOptional } from '../rules/lint/negation-on-optional.ts';
import { loadRulesFrom } from '../rules/load.ts';
import { createSpace } from '../rules/meeting/space.ts';
import type { Rule } from '../rules/rule.ts';
import { withFiles } from './in-memory-rules.ts';
import { ruleText } from './rule-file.ts';

export interface TriedRules {
  /** Why rules would not load, by name. */
  readonly faults: ReadonlyMap<string, readonly string[]>;
  /** Names of rules that are also true for findings that lack a field. */
  readonly negations: ReadonlySet<string>;
}

/** Loads rules as a deployment would, beside those of a folder, and asks lint for what the importer has to settle. */
export function tryRules(
  rules: readonly Rule[],
  { rulesDir, area }: { readonly rulesDir: string; readonly area: string },
  nowMs: number,
): TriedRules {
  const labels = new Map(rules.map(({ name }) => [`${area}/${name}.json`, name]));
  const texts = new Map(rules.map((rule) => [`${area}/${rule.name}.json`, ruleText(rule)]));
  const tree = withFiles(rulesDir, texts);
  const { files, diagnostics } = loadRulesFrom(tree);
  const ours = files.filter(({ label }) => labels.has(label));
  const nameOf = new Map(ours.map(({ file, label }) => [file, labels.get(label) ?? '']));
  const faults = new Map<string, string[]>();
  for (const { file, severity, message, help } of diagnostics) {
    const name = nameOf.get(file);
    if (name === undefined || severity !== 'error') continue;
    faults.set(name, [...(faults.get(name) ?? []), [message, help].filter(Boolean).join(' ')]);
  }
  const workspace = createWorkspace(ours.filter(({ file }) => !faults.has(nameOf.get(file) ?? '')));
  const ruleset = buildRuleset(workspace);
  const context: LintContext = {
    ...{ root: tree.root, complete: false, now: nowMs, workspace, ruleset, files: ours },
    ...{ tests: [], samples: [] },
    rules: pairRules(workspace.rules, ruleset.rules),
    space: createSpace(workspace, nowMs),
  };
  const found = [checkNegationOnOptional(context)].flat();
  const negations = new Set(found.flatMap((item) => ('file' in item ? [nameOf.get(item.file) ?? ''] : [])));
  return { faults, negations };
}

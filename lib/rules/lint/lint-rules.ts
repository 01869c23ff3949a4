import { resolve } from 'node:path';
import { buildRuleset } from '../build-ruleset.ts';
import { createWorkspace } from '../create-workspace.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { type LoadedRules, loadRules } from '../load.ts';
import { createSpace } from '../meeting/space.ts';
import type { Source } from '../source.ts';
import type { ConditionFile, Workspace } from '../workspace.ts';
import { pairRules } from './base-rules.ts';
import { LINT_CHECKS } from './checks.ts';
import { explainCritical } from './critical-example.ts';
import type { LintCode } from './levels.ts';
import type { BaseRules, LintCheck, LintContext } from './lint-context.ts';
import { type Companions, readCompanions } from './read-companions.ts';
import { settleLevels } from './settle-levels.ts';

export interface LintedRules {
  /** What stops a deployment and what lint adds, by file, then place. */
  readonly diagnostics: readonly Diagnostic[];
  /** Every file that was looked at, by its absolute path; of tests and samples too. */
  readonly sources: ReadonlyMap<string, Source>;
  /** How many rules were read, rows of exceptions among them. */
  readonly rules: number;
  /** Absolute paths of the files that hold a rule each. */
  readonly ruleFiles: ReadonlySet<string>;
}

export interface LintOptions {
  /** Rules of an earlier revision; without them, checks that compare say nothing. */
  readonly base?: BaseRules;
  /** Checks that need more of the house than this floor may import, by their code. */
  readonly furtherChecks?: Readonly<Partial<Record<LintCode, LintCheck>>>;
}

/**
 * Checks a folder of rules at an instant (ms since 1970): all that stops a deployment, and what depends on dates,
 * tests, style and how rules meet. The latter looks at rules that could be deployed, so that a slip in one file
 * hides nothing in another.
 */
export async function lintRules(
  rulesDir: string,
  now: number,
  { base, furtherChecks = {} }: LintOptions = {},
): Promise<LintedRules> {
  const root = resolve(rulesDir);
  const loaded = loadRules(root);
  const { files, sources } = loaded;
  const ruleFiles = new Set(files.filter(({ kind }) => kind === 'rule').map(({ file }) => file));
  // Of rules in another format nothing else can be said.
  if (files.length === 0 || loaded.diagnostics.some(({ code }) => code === 'TR006'))
    return { diagnostics: loaded.diagnostics, sources, rules: ruleFiles.size, ruleFiles };
  const companions = readCompanions(root);
  const context = { ...contextOf(loaded, companions, now), root, ...(base && { base }) };
  const found: Diagnostic[] = [];
  for (const check of [...LINT_CHECKS, ...Object.values(furtherChecks)])
    found.push(...(await check(context)));
  const told = await Promise.all(loaded.diagnostics.map((item) => explainCritical(item, context)));
  const diagnostics = [
    ...told,
    ...companions.diagnostics,
    ...settleLevels(found, context, Object.keys(furtherChecks)),
  ];
  // A file that cannot be read as JSON makes no rule, and is one that was looked at.
  const rows = createWorkspace(files).rules.filter(({ source }) => !ruleFiles.has(source.file));
  return {
    diagnostics: diagnostics.sort(byPlace),
    sources: new Map([...sources, ...companions.samples.map(({ source }) => [source.file, source] as const)]),
    rules: ruleFiles.size + rows.length,
    ruleFiles,
  };
}

function contextOf(
  { files, diagnostics }: LoadedRules,
  companions: Companions,
  now: number,
): Omit<LintContext, 'root' | 'base'> {
  // A rule that may hide CRITICAL is dangerous, not broken: all else that is wrong with it is told with it.
  const broken = new Set(
    diagnostics
      .filter(({ severity, code }) => severity === 'error' && code !== 'TR205')
      .map(({ file }) => file),
  );
  const sound = files.filter(
    ({ file, kind }) =>
      !broken.has(file) || (kind !== 'rule' && kind !== 'condition' && kind !== 'exceptions'),
  );
  const all = createWorkspace(sound);
  const workspace: Workspace = { ...all, rules: all.rules.filter((rule) => reachesAll(rule, all)) };
  const ruleset = buildRuleset(workspace);
  return {
    workspace,
    now,
    ruleset,
    complete: broken.size === 0,
    rules: pairRules(workspace.rules, ruleset.rules),
    files: sound,
    space: createSpace(workspace, now),
    tests: companions.tests,
    samples: companions.samples,
  };
}

/** Whether every shared condition that a file leads to is there; a circle was refused before. */
function reachesAll(file: ConditionFile, workspace: Workspace): boolean {
  return file.sites.references.every(({ name }) => {
    const shared = workspace.conditions.get(String(name));
    return shared !== undefined && reachesAll(shared, workspace);
  });
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return (
    a.range.start.line - b.range.start.line ||
    a.range.start.column - b.range.start.column ||
    (a.code < b.code ? -1 : 1)
  );
}

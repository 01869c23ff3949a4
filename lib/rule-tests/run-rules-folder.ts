import type { Diagnostic } from '../rules/diagnostic.ts';
import { loadRules } from '../rules/load.ts';
import type { Source } from '../rules/source.ts';
import { exceptionTests } from './exception-cases.ts';
import { loadRuleTests } from './load-rule-tests.ts';
import type { RuleResult, TestReport } from './report.ts';
import type { RuleTest } from './rule-test.ts';
import { type RunOptions, runRuleTest } from './run-rule-tests.ts';

export interface FolderRun {
  readonly report: TestReport;
  /** Every file that was read, by absolute path: code frames are cut from them. */
  readonly sources: ReadonlyMap<string, Source>;
}

/**
 * Loads a folder of rules and runs the given tests of it. Rules that do not load are told of together with what is
 * wrong in the tests; nothing is run then. Rows of exceptions have their tests made for them. A faulty test does not
 * keep the others from running.
 */
export async function runRulesFolder(
  rulesDir: string,
  testFiles: readonly string[],
  options: Omit<RunOptions, 'sources'> & {
    /** Files of exceptions whose rows are tested. */
    readonly exceptionFiles?: readonly string[];
  },
): Promise<FolderRun> {
  const rules = loadRules(rulesDir);
  const loaded = loadRuleTests(rulesDir, testFiles, rules.ruleset);
  const sources = new Map([...rules.sources, ...loaded.sources]);
  const diagnostics: Diagnostic[] = [...rules.diagnostics, ...loaded.diagnostics];
  const results: RuleResult[] = [];
  const { ruleset } = rules;
  if (ruleset !== null) {
    const rows = rules.files.filter(({ file }) => options.exceptionFiles?.includes(file));
    for (const test of joined(loaded.tests, exceptionTests(rows, ruleset))) {
      const ran = await runRuleTest(test, ruleset, { ...options, sources });
      results.push(ran.result);
      diagnostics.push(...ran.diagnostics);
    }
  }
  return { report: { rules: results, diagnostics: diagnostics.sort(byPlace) }, sources };
}

/** A row may have a test that a person wrote as well: both are of one rule. */
function joined(written: readonly RuleTest[], generated: readonly RuleTest[]): readonly RuleTest[] {
  const byRule = new Map(written.map((test) => [test.rule, test] as const));
  for (const { rule, cases, ...members } of generated) {
    byRule.set(rule, { rule, cases: [...(byRule.get(rule)?.cases ?? []), ...cases], ...members });
  }
  return [...byRule.values()];
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.range.start.line - b.range.start.line || a.range.start.column - b.range.start.column;
}

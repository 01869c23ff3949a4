import type { Diagnostic } from '../rules/diagnostic.ts';
import type { LintCheck } from '../rules/lint/lint-context.ts';
import { findTestFiles } from './find-test-files.ts';
import { loadRuleTests } from './load-rule-tests.ts';
import { runRuleTest } from './run-rule-tests.ts';

/**
 * TR303 as a check of lint: conditions that the cases beside a rule do not prove, by coverage and by mutation. Cases
 * that fail, and tests that do not load, are left to `triage test`. Rules without a test have a code of their own.
 */
export const checkUnprovenConditions: LintCheck = async ({ root, ruleset, files }) => {
  const { tests, sources } = loadRuleTests(root, findTestFiles(root, []).files, ruleset);
  const read = new Map([...files.map(({ file, source }) => [file, source] as const), ...sources]);
  const found: Diagnostic[] = [];
  for (const test of tests) {
    const { diagnostics } = await runRuleTest(test, ruleset, { coverage: true, mutate: true, sources: read });
    found.push(...diagnostics);
  }
  return found;
};

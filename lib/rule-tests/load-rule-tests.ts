import { readFileSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { checkSchema } from '../rules/check-schema.ts';
import { DIAGNOSTIC_NAMES, type Diagnostic } from '../rules/diagnostic.ts';
import { parseSource } from '../rules/parse-source.ts';
import type { Rule } from '../rules/rule.ts';
import type { Ruleset } from '../rules/ruleset.ts';
import type { Source } from '../rules/source.ts';
import { bindRuleTest, type RuleTestFile } from './bind-rule-test.ts';
import type { RuleCase, RuleTest } from './rule-test.ts';
import { createSampleReader } from './samples.ts';

export interface LoadedRuleTests {
  /** Those that are whole, by rule in the order of the files. */
  readonly tests: readonly RuleTest[];
  /** Whatever is wrong with a test, all of all files; a file that one stands against is not among `tests`. */
  readonly diagnostics: readonly Diagnostic[];
  /** Every file that was read, by its absolute path. */
  readonly sources: ReadonlyMap<string, Source>;
}

/**
 * Reads tests and what they name: the rule, samples, conditions. Without a ruleset, because its own files are at
 * fault, only syntax and shape are checked.
 */
export function loadRuleTests(
  rulesDir: string,
  files: readonly string[],
  ruleset: Ruleset | null,
): LoadedRuleTests {
  const root = resolve(rulesDir);
  const samples = createSampleReader(root);
  const diagnostics: Diagnostic[] = [];
  const sources = new Map<string, Source>();
  const byRule = new Map<Rule, RuleCase[]>();
  for (const file of files) {
    const read = readTest(root, file);
    if (read.source) sources.set(file, read.source);
    diagnostics.push(...read.diagnostics);
    if (read.test === undefined || ruleset === null) continue;
    const bound = bindRuleTest(read.test, ruleset, samples.read);
    diagnostics.push(...bound.diagnostics);
    if (bound.rule === undefined || bound.diagnostics.length > 0) continue;
    byRule.set(bound.rule, [...(byRule.get(bound.rule) ?? []), ...bound.cases]);
  }
  for (const [file, source] of samples.sources) sources.set(file, source);
  return {
    tests: [...byRule].map(([rule, cases]) => ({ rule, cases })),
    diagnostics: [...diagnostics, ...samples.diagnostics()],
    sources,
  };
}

interface ReadTest {
  readonly source?: Source;
  readonly test?: RuleTestFile;
  readonly diagnostics: readonly Diagnostic[];
}

function readTest(root: string, file: string): ReadTest {
  const label = relative(root, file).split(sep).join('/');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return { diagnostics: [unreadable(file, error)] };
  }
  const parsed = parseSource({ file, label }, text);
  const { source, value } = parsed;
  const diagnostics = [
    ...parsed.diagnostics,
    ...(value === undefined ? [] : checkSchema('test', source, value)),
  ];
  // The schema vouches for the members that the type names.
  const whole = value !== undefined && diagnostics.length === 0;
  return {
    source,
    ...(whole && { test: { ...(value as Omit<RuleTestFile, 'source'>), source } }),
    diagnostics,
  };
}

function unreadable(file: string, error: unknown): Diagnostic {
  const start = { line: 1, column: 1 };
  return {
    code: 'TR005',
    name: DIAGNOSTIC_NAMES.TR005,
    severity: 'error',
    message: 'This file cannot be read.',
    help: error instanceof Error ? error.message : String(error),
    file,
    range: { start, end: start },
  };
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject } from '../condition-sites.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { type ParsedSource, parseSource } from '../parse-source.ts';
import type { TestSummary } from './lint-context.ts';

/** The tests and samples of a rules folder, as far as lint looks at them. */
export interface Companions {
  readonly tests: readonly TestSummary[];
  readonly samples: readonly ParsedSource[];
  /** Faults of syntax; what else is wrong with a test, `triage test` says. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads what stands beside the rules. A file that cannot be read is left to the command that needs it whole. */
export function readCompanions(rulesDir: string): Companions {
  const labels = readdirSync(rulesDir, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.json') && !path.split('/').some((name) => name.startsWith('.')))
    .sort();
  const read = (label: string) =>
    parseSource({ file: join(rulesDir, label), label }, readFileSync(join(rulesDir, label), 'utf8'));
  const tests = labels
    .filter((label) => label.endsWith('.test.json') && !label.startsWith('samples/'))
    .map(read);
  const samples = labels.filter((label) => label.startsWith('samples/')).map(read);
  return {
    tests: tests.flatMap(({ value }) => summaryOf(value)),
    samples,
    diagnostics: [...tests, ...samples].flatMap(({ diagnostics }) => diagnostics),
  };
}

function summaryOf(value: unknown): readonly TestSummary[] {
  if (!isObject(value) || typeof value.rule !== 'string') return [];
  const cases = (Array.isArray(value.cases) ? value.cases : []).filter(isObject);
  const sure = cases.filter((one) => one.knownGap === undefined);
  const expecting = (matches: boolean) =>
    sure.filter(({ expect }) => isObject(expect) && expect.matches === matches).length;
  return [{ rule: value.rule, cases: cases.length, matches: expecting(true), misses: expecting(false) }];
}

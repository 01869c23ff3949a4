import { writeFileSync } from 'node:fs';
import { applyFixes } from '../fix.ts';
import { type LintedRules, type LintOptions, lintRules } from './lint-rules.ts';

export interface FixedRules extends LintedRules {
  /** How many mistakes were mended. */
  readonly fixed: number;
  /** Absolute paths of the files that were written. */
  readonly written: readonly string[];
}

/** One fix may uncover another, such as the order of members whose names were wrong. */
const MAX_ROUNDS = 5;

/** Mends what is safe to mend in the files that `isChosen` takes, writes them, and lints again. */
export async function fixRules(
  rulesDir: string,
  now: number,
  isChosen: (file: string) => boolean,
  options: LintOptions = {},
): Promise<FixedRules> {
  let linted = await lintRules(rulesDir, now, options);
  let fixed = 0;
  const written = new Set<string>();
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const fixable = linted.diagnostics.filter(({ fix, file }) => fix !== undefined && isChosen(file));
    const files = new Set(fixable.map(({ file }) => file));
    if (files.size === 0) break;
    for (const file of files) {
      const source = linted.sources.get(file);
      if (source === undefined) continue;
      const fixes = fixable.flatMap((diagnostic) =>
        diagnostic.file === file && diagnostic.fix ? [diagnostic.fix] : [],
      );
      const { text, applied } = applyFixes(source.text, fixes);
      writeFileSync(file, text);
      written.add(file);
      fixed += applied;
    }
    linted = await lintRules(rulesDir, now, options);
  }
  return { ...linted, fixed, written: [...written].sort() };
}

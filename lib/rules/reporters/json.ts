import type { Diagnostic } from '../diagnostic.ts';
import { shownFile } from '../shown-file.ts';
import { countBySeverity, type DiagnosticReporter } from './report.ts';

/** Of all JSON that commands print. Raised when a member changes its meaning or goes; new ones come without. */
export const JSON_VERSION = 1;

/** For programs: everything, under a version. `fixable` says whether `--fix` would mend it. */
export const json: DiagnosticReporter = ({ diagnostics, rules, sources, cwd }) => {
  const counts = { ...countBySeverity(diagnostics), rules, files: sources.size };
  const ok = counts.errors === 0;
  return JSON.stringify(
    { version: JSON_VERSION, ok, counts, diagnostics: jsonDiagnostics(diagnostics, cwd) },
    null,
    2,
  );
};

/** Diagnostics as programs read them: with paths from where you stand, and whether there is a fix instead of its edits. */
export function jsonDiagnostics(diagnostics: readonly Diagnostic[], cwd: string): readonly unknown[] {
  return diagnostics.map(({ fix, file, ...diagnostic }) => ({
    ...diagnostic,
    file: shownFile(file, cwd),
    fixable: fix !== undefined,
  }));
}

import { countBySeverity, type DiagnosticReporter, shownFile } from './report.ts';

/** Raised when a member changes its meaning or goes; members may be added without. */
export const JSON_VERSION = 1;

/** For programs: everything, under a version. `fixable` says whether `--fix` would mend it. */
export const json: DiagnosticReporter = ({ diagnostics, rules, sources, cwd }) => {
  const counts = { ...countBySeverity(diagnostics), rules, files: sources.size };
  const shown = diagnostics.map(({ fix, file, ...diagnostic }) => ({
    ...diagnostic,
    file: shownFile(file, cwd),
    fixable: fix !== undefined,
  }));
  return JSON.stringify(
    { version: JSON_VERSION, ok: counts.errors === 0, counts, diagnostics: shown },
    null,
    2,
  );
};

/** The same contract where nothing could be checked. */
export function jsonOfFailure(message: string): string {
  return JSON.stringify({ version: JSON_VERSION, ok: false, error: message }, null, 2);
}

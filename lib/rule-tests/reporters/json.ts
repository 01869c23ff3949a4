import { countCases, countProblems } from '../report.ts';
import { shownPath } from './place.ts';
import type { Reporter } from './reporter.ts';

/** Raised when a member changes its meaning or goes; members may be added without. */
export const JSON_REPORT_VERSION = 1;

/** For programs: everything, under a version. */
export const json: Reporter = (report, { cwd }) => {
  const rules = report.rules.map((rule) => ({
    ...rule,
    cases: rule.cases.map((item) => ({ ...item, file: shownPath(item.file, cwd) })),
  }));
  const diagnostics = report.diagnostics.map((item) => ({ ...item, file: shownPath(item.file, cwd) }));
  const ok = countProblems(report) === 0;
  return JSON.stringify(
    { version: JSON_REPORT_VERSION, ok, counts: countCases(report), rules, diagnostics },
    null,
    2,
  );
};

/** The same contract where there was nothing to report on. */
export function jsonOfUsageError(message: string): string {
  return JSON.stringify({ version: JSON_REPORT_VERSION, ok: false, error: message }, null, 2);
}

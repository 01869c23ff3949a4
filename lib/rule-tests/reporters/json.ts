import { JSON_VERSION, jsonDiagnostics } from '../../rules/reporters/json.ts';
import { countCases, countProblems } from '../report.ts';
import { shownPath } from './place.ts';
import type { Reporter } from './reporter.ts';

/** For programs: everything, under a version. */
export const json: Reporter = (report, { cwd }) => {
  const rules = report.rules.map((rule) => ({
    ...rule,
    cases: rule.cases.map((item) => ({ ...item, file: shownPath(item.file, cwd) })),
  }));
  const diagnostics = jsonDiagnostics(report.diagnostics, cwd);
  const ok = countProblems(report) === 0;
  return JSON.stringify(
    { version: JSON_VERSION, ok, counts: countCases(report), rules, diagnostics },
    null,
    2,
  );
};

import { type SarifResult, sarifLog, sarifResultOf } from '../../rules/reporters/sarif.ts';
import type { CaseResult } from '../report.ts';
import { caseTitle, explainCase } from './explain-case.ts';
import { shownPath } from './place.ts';
import type { Reporter } from './reporter.ts';

/** SARIF 2.1.0, for code scanning and editors: a result for each case that failed, then what is wrong with files. */
export const sarif: Reporter = (report, { cwd }) => {
  const failed = report.rules.flatMap(({ cases }) => cases).filter(({ outcome }) => outcome === 'failed');
  return sarifLog('triage test', [
    ...failed.map((item) => resultOf(item, cwd)),
    ...report.diagnostics.map((diagnostic) => sarifResultOf(diagnostic, cwd)),
  ]);
};

function resultOf(item: CaseResult, cwd: string): SarifResult {
  const start = { line: item.line, column: item.column };
  return {
    ruleId: 'failed-case',
    ruleName: 'failed-case',
    level: 'error',
    text: [caseTitle(item), ...explainCase(item)].join('\n'),
    file: shownPath(item.file, cwd),
    region: { start, end: start },
  };
}

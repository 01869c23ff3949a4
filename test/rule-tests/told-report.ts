import { join } from 'node:path';
import type { CaseResult, RuleResult, TestReport } from '../../lib/rule-tests/report.ts';
import { REPORTERS, type ReportFormat } from '../../lib/rule-tests/reporters/reporters.ts';
import { DIAGNOSTIC_NAMES, type Diagnostic } from '../../lib/rules/diagnostic.ts';

export const CWD = join('/', 'work', 'here');
export const FILE = join(CWD, 'rules', 'area', 'notify.test.json');
export const CONTEXT = { cwd: CWD, sources: new Map() };

export const PASSED: CaseResult = {
  rule: 'notify',
  name: 'match',
  file: FILE,
  line: 5,
  column: 15,
  outcome: 'passed',
  mismatches: [],
  conditions: [],
};
export const FAILED: CaseResult = {
  ...PASSED,
  name: 'same scan in production',
  line: 12,
  outcome: 'failed',
  mismatches: [{ expected: 'no match, because "CI account" is false', actual: 'match → SUPPRESSED' }],
  conditions: [
    {
      name: 'GuardDuty',
      fact: 'ProductName',
      expected: 'equal "GuardDuty"',
      actual: '"GuardDuty"',
      result: true,
    },
    {
      name: 'CI account',
      fact: 'AwsAccountId',
      expected: 'in ["444455556666", …]',
      actual: '"444455556666"',
      result: true,
      wanted: false,
    },
  ],
};
export const GAP: CaseResult = {
  ...PASSED,
  name: 'behind NAT',
  outcome: 'gap',
  knownGap: 'needs egress IP fact',
};

export function diagnostic(severity: Diagnostic['severity'], message: string): Diagnostic {
  const range = { start: { line: 3, column: 7 }, end: { line: 3, column: 9 } };
  return {
    code: 'TR303',
    name: DIAGNOSTIC_NAMES.TR303,
    severity,
    message,
    help: 'Add a case.',
    file: FILE,
    range,
  };
}

export function reportOf(
  cases: readonly CaseResult[],
  diagnostics: readonly Diagnostic[] = [],
  members: Partial<RuleResult> = {},
): TestReport {
  return { rules: [{ rule: 'notify', mode: 'enforce', cases, ...members }], diagnostics };
}

export const HOSTILE = reportOf([{ ...FAILED, name: `<a href="x">&amp;'</a> ]]> \u0000\uFFFE 💥` }]);

export const write = (format: ReportFormat, report: TestReport) => REPORTERS[format](report, CONTEXT);

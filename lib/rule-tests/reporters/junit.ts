import type { Diagnostic } from '../../rules/diagnostic.ts';
import { xmlDocument, xmlElement } from '../../rules/reporters/xml.ts';
import { type CaseResult, countCases, type RuleResult } from '../report.ts';
import { caseName, explainCase } from './explain-case.ts';
import { shownPath } from './place.ts';
import type { Reporter } from './reporter.ts';

/**
 * For CI servers: JUnit as Jenkins' schema junit-10.xsd has it. A rule is a suite, a known gap is skipped; what is
 * wrong with files is a suite of its own.
 */
export const junit: Reporter = (report, { cwd }) => {
  const errors = report.diagnostics.filter(({ severity }) => severity === 'error').length;
  const { passed, gaps, failed } = countCases(report);
  const tests = passed + gaps + failed + report.diagnostics.length;
  const suites = [
    ...report.rules.map((rule) => ruleSuite(rule, cwd)),
    ...(report.diagnostics.length > 0 ? [diagnosticSuite(report.diagnostics, errors, cwd)] : []),
  ];
  return xmlDocument(
    xmlElement('testsuites', { name: 'triage test', tests, failures: failed, errors }, suites),
  );
};

function ruleSuite({ rule, cases }: RuleResult, cwd: string): string {
  const count = (wanted: CaseResult['outcome']) => cases.filter(({ outcome }) => outcome === wanted).length;
  const attributes = {
    name: rule,
    tests: cases.length,
    failures: count('failed'),
    errors: 0,
    skipped: count('gap'),
    ...(cases[0] && { file: shownPath(cases[0].file, cwd) }),
  };
  return xmlElement(
    'testsuite',
    attributes,
    cases.map((item) => caseElement(item, cwd)),
  );
}

function caseElement(item: CaseResult, cwd: string): string {
  const attributes = { classname: item.rule, name: caseName(item) };
  if (item.outcome === 'passed') return xmlElement('testcase', attributes);
  if (item.outcome === 'gap')
    return xmlElement('testcase', attributes, [xmlElement('skipped', { message: item.knownGap ?? '' })]);
  const [first] = item.mismatches;
  const message = first === undefined ? '' : `expected ${first.expected}, actual ${first.actual}`;
  const text = [`${shownPath(item.file, cwd)}:${item.line}`, ...explainCase(item)].join('\n');
  return xmlElement('testcase', attributes, [xmlElement('failure', { type: 'mismatch', message }, text)]);
}

function diagnosticSuite(diagnostics: readonly Diagnostic[], errors: number, cwd: string): string {
  const cases = diagnostics.map(({ code, name, severity, message, help, file, range }) => {
    const place = `${shownPath(file, cwd)}:${range.start.line}:${range.start.column}`;
    const text = [message, ...(help === undefined ? [] : [help])].join('\n');
    const element =
      severity === 'error'
        ? xmlElement('error', { type: code, message }, text)
        : xmlElement('system-out', {}, `warning: ${text}`);
    return xmlElement('testcase', { classname: `${code} ${name}`, name: place }, [element]);
  });
  return xmlElement(
    'testsuite',
    { name: 'rules and tests', tests: cases.length, failures: 0, errors, skipped: 0 },
    cases,
  );
}

import type { Diagnostic } from '../../rules/diagnostic.ts';
import { escapeText } from '../../rules/escape-text.ts';
import { type CaseResult, countCases, type RuleResult } from '../report.ts';
import { explainCase } from './explain-case.ts';
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
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    tag('testsuites', { name: 'triage test', tests, failures: failed, errors }, suites),
  ].join('\n');
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
  return tag(
    'testsuite',
    attributes,
    cases.map((item) => caseElement(item, cwd)),
  );
}

function caseElement(item: CaseResult, cwd: string): string {
  const attributes = { classname: item.rule, name: item.name };
  if (item.outcome === 'passed') return tag('testcase', attributes);
  if (item.outcome === 'gap')
    return tag('testcase', attributes, [tag('skipped', { message: item.knownGap ?? '' })]);
  const [first] = item.mismatches;
  const message = first === undefined ? '' : `expected ${first.expected}, actual ${first.actual}`;
  const text = [`${shownPath(item.file, cwd)}:${item.line}`, ...explainCase(item)].join('\n');
  return tag('testcase', attributes, [tag('failure', { type: 'mismatch', message }, text)]);
}

function diagnosticSuite(diagnostics: readonly Diagnostic[], errors: number, cwd: string): string {
  const cases = diagnostics.map(({ code, name, severity, message, help, file, range }) => {
    const place = `${shownPath(file, cwd)}:${range.start.line}:${range.start.column}`;
    const text = [message, ...(help === undefined ? [] : [help])].join('\n');
    const element =
      severity === 'error'
        ? tag('error', { type: code, message }, text)
        : tag('system-out', {}, `warning: ${text}`);
    return tag('testcase', { classname: `${code} ${name}`, name: place }, [element]);
  });
  return tag(
    'testsuite',
    { name: 'rules and tests', tests: cases.length, failures: 0, errors, skipped: 0 },
    cases,
  );
}

/** An element with its content: elements, each on lines of its own, or a text. */
function tag(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  content: readonly string[] | string = [],
): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${xmlText(String(value))}"`);
  const open = `<${name}${written.join('')}`;
  if (content.length === 0) return `${open}/>`;
  if (typeof content === 'string') return `${open}>${content.split('\n').map(xmlText).join('\n')}</${name}>`;
  return [`${open}>`, ...content, `</${name}>`].join('\n');
}

/** Controls are escaped as in a log, for XML 1.0 has no way to write most of them; then what XML itself reads. */
function xmlText(text: string): string {
  return escapeText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[\uFFFE\uFFFF]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`);
}

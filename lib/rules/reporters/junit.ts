import type { Diagnostic } from '../diagnostic.ts';
import { shownFile } from '../shown-file.ts';
import { countBySeverity, type DiagnosticReporter } from './report.ts';
import { xmlDocument, xmlElement } from './xml.ts';

/** For CI servers: a suite a file, a case a diagnostic; warnings pass and say so. A clean run is one case that passes. */
export const junit: DiagnosticReporter = ({ command, diagnostics, rules, cwd }) => {
  const files = [...new Set(diagnostics.map(({ file }) => file))];
  const suites = files.map((file) => {
    const own = diagnostics.filter((diagnostic) => diagnostic.file === file);
    return suiteOf(shownFile(file, cwd), own.map(caseOf), countBySeverity(own).errors);
  });
  const clean = suiteOf(command, [xmlElement('testcase', { classname: command, name: `${rules} rules` })], 0);
  const tests = Math.max(1, diagnostics.length);
  const counts = { name: command, tests, failures: countBySeverity(diagnostics).errors, errors: 0 };
  return xmlDocument(xmlElement('testsuites', counts, suites.length === 0 ? [clean] : suites));
};

function suiteOf(name: string, cases: readonly string[], failures: number): string {
  return xmlElement('testsuite', { name, tests: cases.length, failures, errors: 0, skipped: 0 }, cases);
}

function caseOf({ severity, code, name, message, help, range }: Diagnostic): string {
  const text = help === undefined ? message : `${message} ${help}`;
  const said =
    severity === 'error'
      ? xmlElement('failure', { type: code, message }, text)
      : xmlElement('system-out', {}, `warning: ${text}`);
  const title = `${range.start.line}:${range.start.column} ${message}`;
  return xmlElement('testcase', { classname: `${code} ${name}`, name: title }, [said]);
}

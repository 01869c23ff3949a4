import type { Diagnostic } from '../diagnostic.ts';
import { escapeText } from '../escape-text.ts';
import { countBySeverity, type DiagnosticReporter, shownFile } from './report.ts';

/** For CI servers: a suite a file, a case a diagnostic; warnings pass and say so. A clean run is one case that passes. */
export const junit: DiagnosticReporter = ({ command, diagnostics, rules, cwd }) => {
  const files = [...new Set(diagnostics.map(({ file }) => file))];
  const suites = files.map((file) => {
    const own = diagnostics.filter((diagnostic) => diagnostic.file === file);
    return suiteOf(shownFile(file, cwd), own.map(caseOf), countBySeverity(own).errors);
  });
  const clean = suiteOf(
    command,
    [`<testcase${attributes({ classname: command, name: `${rules} rules` })}/>`],
    0,
  );
  const all = suites.length === 0 ? [clean] : suites;
  const tests = Math.max(1, diagnostics.length);
  const counts = { name: command, tests, failures: countBySeverity(diagnostics).errors, errors: 0 };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes(counts)}>`,
    ...all,
    '</testsuites>',
  ].join('\n');
};

function suiteOf(name: string, cases: readonly string[], failures: number): string {
  const counts = { name, tests: cases.length, failures, errors: 0, skipped: 0 };
  return [`<testsuite${attributes(counts)}>`, ...cases, '</testsuite>'].join('\n');
}

function caseOf({ severity, code, name, message, help, range }: Diagnostic): string {
  const open = `<testcase${attributes({ classname: `${code} ${name}`, name: `${range.start.line}:${range.start.column} ${message}` })}>`;
  const text = xmlText(help === undefined ? message : `${message} ${help}`);
  const said =
    severity === 'error'
      ? `<failure${attributes({ type: code, message })}>${text}</failure>`
      : `<system-out>warning: ${text}</system-out>`;
  return `${open}${said}</testcase>`;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${xmlText(String(value))}"`)
    .join('');
}

/** XML 1.0 has no way to write most controls, so they are escaped as in a log first. */
function xmlText(text: string): string {
  return escapeText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[\uFFFE\uFFFF]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`);
}

import { DIAGNOSTIC_NAMES, type Diagnostic, type DiagnosticCode } from '../diagnostic.ts';
import { type DiagnosticReporter, shownFile, textOf } from './report.ts';

/** SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/), for code scanning and editors. */
export const sarif: DiagnosticReporter = ({ command, diagnostics, cwd }) => {
  const codes = [...new Set(diagnostics.map(({ code }) => code))].sort();
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: command, rules: codes.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map((diagnostic) => resultOf(diagnostic, codes, cwd)),
      },
    ],
  };
  return JSON.stringify(log, null, 2);
};

function ruleOf(code: DiagnosticCode) {
  const name = DIAGNOSTIC_NAMES[code];
  return {
    id: code,
    name: name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: name },
    help: { text: `rules/README.md#${code.toLowerCase()}` },
  };
}

function resultOf(diagnostic: Diagnostic, codes: readonly DiagnosticCode[], cwd: string) {
  const { code, severity, file, range } = diagnostic;
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: severity,
    message: { text: textOf(diagnostic) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: shownFile(file, cwd).split('/').map(encodeURIComponent).join('/') },
          region: {
            startLine: range.start.line,
            startColumn: range.start.column,
            endLine: range.end.line,
            endColumn: range.end.column,
          },
        },
      },
    ],
  };
}

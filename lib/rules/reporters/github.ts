import type { Diagnostic } from '../diagnostic.ts';
import { escapeText } from '../escape-text.ts';
import { type DiagnosticReport, type DiagnosticReporter, shownFile, summaryOf, textOf } from './report.ts';

/** GitHub shows ten annotations of each kind a step; the rest would be dropped without a word. */
const MAX_ANNOTATIONS = 10;
const MAX_SUMMARY_ROWS = 200;

/** Workflow commands that GitHub shows beside the changed lines: errors first, the last of ten says how many more. */
export const github: DiagnosticReporter = (report) => {
  const sorted = bySeverity(report.diagnostics);
  const shown = sorted.slice(0, MAX_ANNOTATIONS);
  const more = sorted.length - shown.length;
  const lines = shown.map((diagnostic, i) =>
    commandOf(diagnostic, report.cwd, more > 0 && i === shown.length - 1 ? `\n… and ${more} more.` : ''),
  );
  return [...lines, `${summaryOf(report)}.`].join('\n');
};

/** The step summary: Markdown in which nothing that a file says is read as markup. */
export function githubSummary(report: DiagnosticReport): string {
  const sorted = bySeverity(report.diagnostics);
  const rows = sorted.slice(0, MAX_SUMMARY_ROWS).map((diagnostic) => {
    const { severity, code, name, file, range } = diagnostic;
    const place = `${shownFile(file, report.cwd)}:${range.start.line}`;
    return `<tr><td>${severity}</td><td>${code} ${name}</td><td>${htmlText(place)}</td><td>${htmlText(textOf(diagnostic))}</td></tr>`;
  });
  const more = sorted.length - rows.length;
  return [
    `## ${report.command}`,
    '',
    `${summaryOf(report)}.`,
    ...(rows.length === 0 ? [] : ['', '<table>', ...rows, '</table>']),
    ...(more > 0 ? ['', `… and ${more} more.`] : []),
  ].join('\n');
}

function bySeverity(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const of = (wanted: Diagnostic['severity']) => diagnostics.filter(({ severity }) => severity === wanted);
  return [...of('error'), ...of('warning')];
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands */
function commandOf(diagnostic: Diagnostic, cwd: string, more: string): string {
  const { severity, code, name, file, range } = diagnostic;
  const properties = {
    file: escapeText(shownFile(file, cwd)),
    line: range.start.line,
    endLine: range.end.line,
    col: range.start.column,
    // GitHub reads the end of a column only within one line.
    ...(range.end.line === range.start.line ? { endColumn: range.end.column } : {}),
    title: `${code} ${name}`,
  };
  const written = Object.entries(properties).map(([key, value]) => `${key}=${propertyText(String(value))}`);
  return `::${severity} ${written.join(',')}::${commandText(textOf(diagnostic) + more)}`;
}

function commandText(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function propertyText(text: string): string {
  return commandText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function htmlText(text: string): string {
  return escapeText(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

import type { Diagnostic } from '../diagnostic.ts';
import { escapeMarkup, escapeText } from '../escape-text.ts';
import { shownFile } from '../shown-file.ts';
import { type Annotation, annotationLines } from './annotations.ts';
import { type DiagnosticReport, type DiagnosticReporter, summaryOf, textOf } from './report.ts';

const MAX_SUMMARY_ROWS = 200;

/** Workflow commands that GitHub shows beside the changed lines: errors first, the last of ten says how many more. */
export const github: DiagnosticReporter = (report) =>
  [
    ...annotationLines(report.diagnostics.map((diagnostic) => annotationOf(diagnostic, report.cwd))),
    `${summaryOf(report)}.`,
  ].join('\n');

/** The step summary: Markdown in which nothing that a file says is read as markup. */
export function githubSummary(report: DiagnosticReport): string {
  const sorted = bySeverity(report.diagnostics);
  const rows = sorted.slice(0, MAX_SUMMARY_ROWS).map((diagnostic) => {
    const { severity, code, name, file, range } = diagnostic;
    const place = `${shownFile(file, report.cwd)}:${range.start.line}`;
    return `<tr><td>${severity}</td><td>${code} ${name}</td><td>${escapeMarkup(place)}</td><td>${escapeMarkup(textOf(diagnostic))}</td></tr>`;
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

function annotationOf(diagnostic: Diagnostic, cwd: string): Annotation {
  const { severity, code, name, file, range } = diagnostic;
  return {
    level: severity,
    file: escapeText(shownFile(file, cwd)),
    line: range.start.line,
    endLine: range.end.line,
    col: range.start.column,
    ...(range.end.line === range.start.line ? { endColumn: range.end.column } : {}),
    title: `${code} ${name}`,
    message: textOf(diagnostic),
  };
}

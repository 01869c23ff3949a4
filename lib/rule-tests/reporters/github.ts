import type { Diagnostic } from '../../rules/diagnostic.ts';
import { escapeMarkup, escapeText } from '../../rules/escape-text.ts';
import { formatDiagnostics } from '../../rules/format-diagnostics.ts';
import { type Annotation, annotationLines } from '../../rules/reporters/annotations.ts';
import type { CaseResult } from '../report.ts';
import { caseTitle, explainCase } from './explain-case.ts';
import { shownPath } from './place.ts';
import type { Reporter } from './reporter.ts';
import { summaryOf } from './summary.ts';

/** Workflow commands that GitHub shows beside the changed lines: errors first, the last of ten names the rest. */
export const github: Reporter = (report, { cwd }) => {
  const failed = report.rules.flatMap(({ cases }) => cases).filter(({ outcome }) => outcome === 'failed');
  const all = [
    ...failed.map((item) => ofCase(item, cwd)),
    ...report.diagnostics.map((item) => ofDiagnostic(item, cwd)),
  ];
  return [...annotationLines(all), summaryOf(report)].join('\n');
};

/** The step summary: Markdown, in which no text from a rule or finding is read as markup. */
export const githubSummary: Reporter = (report, { cwd, sources }) => {
  const failed = report.rules.flatMap(({ cases }) => cases).filter(({ outcome }) => outcome === 'failed');
  const blocks = failed.map((item) => {
    const lines = [
      `FAIL  ${caseTitle(item)}`,
      `${shownPath(item.file, cwd)}:${item.line}`,
      ...explainCase(item),
    ];
    return `<pre>${lines.map(escapeMarkup).join('\n')}</pre>`;
  });
  const faults = formatDiagnostics(report.diagnostics, { format: 'compact', cwd, sources });
  const told = faults === '' ? [] : [`<pre>${faults.split('\n').map(escapeMarkup).join('\n')}</pre>`];
  return [`## Rule tests\n\n${escapeMarkup(summaryOf(report))}.`, ...told, ...blocks].join('\n\n');
};

function ofCase(item: CaseResult, cwd: string): Annotation {
  const { line, column } = item;
  const file = shownPath(item.file, cwd);
  const message = explainCase(item).join('\n');
  return { level: 'error', file, line, endLine: line, col: column, title: caseTitle(item), message };
}

function ofDiagnostic(
  { severity, file, range, code, name, message, help }: Diagnostic,
  cwd: string,
): Annotation {
  return {
    level: severity,
    file: shownPath(file, cwd),
    line: range.start.line,
    endLine: range.end.line,
    col: range.start.column,
    title: `${code} ${name}`,
    message: [message, help ?? ''].map(escapeText).join('\n').trimEnd(),
  };
}

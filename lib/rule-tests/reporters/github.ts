import type { Diagnostic } from '../../rules/diagnostic.ts';
import { escapeText } from '../../rules/escape-text.ts';
import type { CaseResult } from '../report.ts';
import { caseTitle, explainCase } from './explain-case.ts';
import { shownPath } from './place.ts';
import type { Reporter } from './reporter.ts';
import { summaryOf } from './summary.ts';

/** GitHub shows ten annotations of a level for each step, and drops the rest without a word. */
const MAX_ANNOTATIONS = 10;

interface Annotation {
  readonly level: 'error' | 'warning';
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
  readonly col: number;
  readonly title: string;
  readonly message: string;
}

/** Workflow commands that GitHub shows beside the changed lines: errors first, the last of ten names the rest. */
export const github: Reporter = (report, { cwd }) => {
  const failed = report.rules.flatMap(({ cases }) => cases).filter(({ outcome }) => outcome === 'failed');
  const all = [
    ...failed.map((item) => ofCase(item, cwd)),
    ...report.diagnostics.map((item) => ofDiagnostic(item, cwd)),
  ];
  const sorted = [
    ...all.filter(({ level }) => level === 'error'),
    ...all.filter(({ level }) => level !== 'error'),
  ];
  const shown = sorted.slice(0, MAX_ANNOTATIONS);
  const more = sorted.length - shown.length;
  const lines = shown.map((item, i) =>
    commandOf(
      more > 0 && i === shown.length - 1
        ? { ...item, message: `${item.message}\n… and ${more} more.` }
        : item,
    ),
  );
  return [...lines, summaryOf(report)].join('\n');
};

/** The step summary: Markdown, in which no text from a rule or finding is read as markup. */
export const githubSummary: Reporter = (report, { cwd }) => {
  const failed = report.rules.flatMap(({ cases }) => cases).filter(({ outcome }) => outcome === 'failed');
  const blocks = failed.map((item) => {
    const lines = [
      `FAIL  ${caseTitle(item)}`,
      `${shownPath(item.file, cwd)}:${item.line}`,
      ...explainCase(item),
    ];
    return `<pre>${lines.map(htmlText).join('\n')}</pre>`;
  });
  return [`## Rule tests\n\n${htmlText(summaryOf(report))}`, ...blocks].join('\n\n');
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

function commandOf({ level, message, ...properties }: Annotation): string {
  const written = Object.entries(properties).map(([name, value]) => `${name}=${propertyText(String(value))}`);
  return `::${level} ${written.join(',')}::${commandText(message)}`;
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands */
function commandText(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function propertyText(text: string): string {
  return commandText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function htmlText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

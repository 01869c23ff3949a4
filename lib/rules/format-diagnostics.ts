import { isAbsolute, relative } from 'node:path';
import type { Diagnostic } from './diagnostic.ts';
import { escapeText } from './escape-text.ts';
import type { Source } from './source.ts';

export interface FormatOptions {
  readonly format: 'pretty' | 'compact';
  /** Absolute path that file names are shown relative to. */
  readonly cwd: string;
  /** Every file that was checked, by its path: code frames are cut from them. */
  readonly sources: ReadonlyMap<string, Source>;
}

const FRAME_COLUMNS = 100;
const FIX_IT = 'Fix it with: triage lint --fix';

/** Prints diagnostics for people (`pretty`, with code frames and a closing count) or one a line (`compact`). */
export function formatDiagnostics(diagnostics: readonly Diagnostic[], options: FormatOptions): string {
  if (options.format === 'compact') return diagnostics.map((item) => compact(item, options)).join('\n');
  const blocks = diagnostics.map((item) => pretty(item, options));
  return [...blocks, closingCount(diagnostics, options)].join('\n\n');
}

function compact(diagnostic: Diagnostic, { cwd }: FormatOptions): string {
  const { severity, code, name, message, help } = diagnostic;
  const text = help === undefined ? message : `${message} ${help}`;
  return `${placeOf(diagnostic, cwd)}: ${severity} ${code} ${name}: ${escapeText(text)}`;
}

function pretty(diagnostic: Diagnostic, { cwd, sources }: FormatOptions): string {
  const { severity, code, name, message, fix } = diagnostic;
  const help = [diagnostic.help, fix && FIX_IT].filter((text) => text !== undefined).join(' ');
  const source = sources.get(diagnostic.file);
  return [
    `${placeOf(diagnostic, cwd)}  ${severity}  ${code} ${name}`,
    `  ${escapeText(message)}`,
    ...(source === undefined ? [] : frame(diagnostic, source)),
    ...(help === '' ? [] : [`  help  ${escapeText(help)}`]),
    `  docs  rules/README.md#${code.toLowerCase()}`,
  ].join('\n');
}

function placeOf({ file, range }: Diagnostic, cwd: string): string {
  const from = relative(cwd, file);
  const shown = from.startsWith('..') || isAbsolute(from) ? file : from;
  return `${escapeText(shown)}:${range.start.line}:${range.start.column}`;
}

/** The line before, the line itself, and carets under the range as far as it goes on that line. */
function frame({ range }: Diagnostic, source: Source): readonly string[] {
  const lines = source.text.split(/\r\n|\r|\n/);
  const { line, column } = range.start;
  const text = lines[line - 1] ?? '';
  const end = range.end.line === line ? range.end.column : text.length + 1;
  const before = escapeText(text.slice(0, column - 1));
  const marked = escapeText(text.slice(column - 1, Math.max(column, end - 1)));
  const shown = cutAround(escapeText(text), before.length, marked.length);
  const gutter = String(line).length;
  const previous =
    line > 1 ? [`    ${String(line - 1).padStart(gutter)} │ ${cut(escapeText(lines[line - 2] ?? ''))}`] : [];
  return [
    ...previous,
    `  ▶ ${line} │ ${shown.text}`,
    `    ${' '.repeat(gutter)} │ ${' '.repeat(shown.before)}${'^'.repeat(Math.max(1, shown.marked))}`,
  ];
}

function cutAround(text: string, before: number, marked: number) {
  if (text.length <= FRAME_COLUMNS) return { text, before, marked };
  const from = Math.max(0, Math.min(before - FRAME_COLUMNS / 4, text.length - FRAME_COLUMNS));
  const lead = from > 0 ? '…' : '';
  const part = text.slice(from, from + FRAME_COLUMNS);
  const start = before - from + lead.length;
  const tail = from + FRAME_COLUMNS < text.length ? '…' : '';
  return {
    text: `${lead}${part}${tail}`,
    before: start,
    marked: Math.min(marked, FRAME_COLUMNS + lead.length - start),
  };
}

function cut(text: string): string {
  return text.length <= FRAME_COLUMNS ? text : `${text.slice(0, FRAME_COLUMNS)}…`;
}

function closingCount(diagnostics: readonly Diagnostic[], { sources }: FormatOptions): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const warnings = diagnostics.length - errors;
  const files = new Set(diagnostics.map(({ file }) => file)).size;
  const parts = [
    ...(errors > 0 || warnings === 0 ? [counted(errors, 'error')] : []),
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
  ];
  const fixable = diagnostics.filter(({ fix }) => fix !== undefined).length;
  const fixing = fixable === 0 ? '' : ` ${fixable} can be fixed automatically.`;
  return `${parts.join(' and ')} in ${files} of ${counted(Math.max(files, sources.size), 'file')}.${fixing}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

import { counted } from './counted.ts';
import type { Diagnostic } from './diagnostic.ts';
import { escapeText } from './escape-text.ts';
import { shownFile } from './shown-file.ts';
import type { Source } from './source.ts';
import { PLAIN, type Surface } from './surface.ts';

export interface FormatOptions {
  readonly format: 'pretty' | 'compact';
  /** Absolute path that file names are shown relative to. */
  readonly cwd: string;
  /** Every file that was checked, by its path: code frames are cut from them. */
  readonly sources: ReadonlyMap<string, Source>;
  /** What `pretty` is read on; plain text unless said otherwise. */
  readonly surface?: Surface;
  /** How many rules were looked at, and the files that hold one each: the closing count is then one of rules. */
  readonly rules?: number;
  readonly ruleFiles?: ReadonlySet<string>;
}

const DEFAULT_COLUMNS = 80;
/** Less than this shows nothing of a line that anybody could recognise. */
const LEAST_TEXT_COLUMNS = 30;
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

function pretty(diagnostic: Diagnostic, { cwd, sources, surface = PLAIN }: FormatOptions): string {
  const { strong, faint } = surface.paint;
  const { severity, code, name, message, fix } = diagnostic;
  const help = [diagnostic.help, fix && FIX_IT].filter((text) => text !== undefined).join(' ');
  const source = sources.get(diagnostic.file);
  return [
    `${strong(placeOf(diagnostic, cwd))}  ${accentOf(diagnostic, surface)(severity)}  ${code} ${name}`,
    `  ${escapeText(message)}`,
    ...(source === undefined ? [] : frame(diagnostic, source, surface)),
    ...(help === '' ? [] : [`  ${faint('help')}  ${escapeText(help)}`]),
    faint(`  docs  rules/README.md#${code.toLowerCase()}`),
  ].join('\n');
}

function placeOf({ file, range }: Diagnostic, cwd: string): string {
  return `${escapeText(shownFile(file, cwd))}:${range.start.line}:${range.start.column}`;
}

function accentOf({ severity }: Diagnostic, { paint }: Surface): (text: string) => string {
  return severity === 'error' ? paint.bad : paint.doubtful;
}

/** `  ▶ ` before a line's number and ` │ ` after it. */
const GUTTER_COLUMNS = 7;

/** The line before, the line itself, and carets under the range as far as it goes on that line. */
function frame(diagnostic: Diagnostic, source: Source, surface: Surface): readonly string[] {
  const { range } = diagnostic;
  const { columns = DEFAULT_COLUMNS, paint } = surface;
  const accent = accentOf(diagnostic, surface);
  const lines = source.text.split(/\r\n|\r|\n/);
  const { line, column } = range.start;
  const text = lines[line - 1] ?? '';
  const end = range.end.line === line ? range.end.column : text.length + 1;
  const before = escapeText(text.slice(0, column - 1));
  const marked = escapeText(text.slice(column - 1, Math.max(column, end - 1)));
  const gutter = String(line).length;
  const width = Math.max(LEAST_TEXT_COLUMNS, columns - gutter - GUTTER_COLUMNS);
  const shown = cutAround(escapeText(text), before.length, marked.length, width);
  const previous =
    line > 1
      ? [
          paint.faint(
            `    ${String(line - 1).padStart(gutter)} │ ${cut(escapeText(lines[line - 2] ?? ''), width)}`,
          ),
        ]
      : [];
  return [
    ...previous,
    `  ${accent('▶')} ${line} ${paint.faint('│')} ${shown.text}`,
    `    ${' '.repeat(gutter)} ${paint.faint('│')} ${' '.repeat(shown.before)}${accent('^'.repeat(Math.max(1, shown.marked)))}`,
  ];
}

/** The part of a line that holds what is marked, `…` where it is cut, at most `width` characters in all. */
function cutAround(text: string, before: number, marked: number, width: number) {
  if (text.length <= width) return { text, before, marked };
  const room = width - 2;
  const lead = Math.max(Math.floor(room / 4), Math.floor((room - marked) / 2));
  const wanted = Math.max(0, Math.min(before - lead, text.length - room));
  // An ellipsis in the place of one character would hide it for nothing.
  const from = wanted > 1 ? wanted : 0;
  const to = from + room >= text.length - 1 ? text.length : from + room;
  const [first, last] = [from > 0 ? '…' : '', to < text.length ? '…' : ''];
  return {
    text: `${first}${text.slice(from, to)}${last}`,
    before: before - from + first.length,
    marked: Math.min(marked, to - before),
  };
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}

/** `1 error in 1 of 14 rules. 1 can be fixed automatically.`; of files where nobody says how many rules there are. */
export function closingCount(
  diagnostics: readonly Diagnostic[],
  options: Pick<FormatOptions, 'sources' | 'rules' | 'ruleFiles'>,
): string {
  if (diagnostics.length === 0 && options.rules !== undefined)
    return `${counted(options.rules, 'rule')}, no problems.`;
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const warnings = diagnostics.length - errors;
  const parts = [
    ...(errors > 0 || warnings === 0 ? [counted(errors, 'error')] : []),
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
  ];
  const fixable = diagnostics.filter(({ fix }) => fix !== undefined).length;
  const fixing = fixable === 0 ? '' : ` ${fixable} can be fixed automatically.`;
  const files = new Set(diagnostics.map(({ file }) => file));
  return `${parts.join(' and ')} in ${placesOf(files, options)}.${fixing}`;
}

function placesOf(
  files: ReadonlySet<string>,
  { sources, rules, ruleFiles }: Pick<FormatOptions, 'sources' | 'rules' | 'ruleFiles'>,
): string {
  if (rules === undefined || ruleFiles === undefined)
    return `${files.size} of ${counted(Math.max(files.size, sources.size), 'file')}`;
  const hit = [...files].filter((file) => ruleFiles.has(file)).length;
  const others = [...files].filter((file) => sources.has(file)).length - hit;
  if (hit === 0)
    return others === 0
      ? counted(rules, 'rule')
      : `${counted(others, 'file')} beside ${counted(rules, 'rule')}`;
  return `${hit} of ${counted(rules, 'rule')}${others === 0 ? '' : ` and ${counted(others, 'other file')}`}`;
}

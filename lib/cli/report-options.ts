import { appendFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import { escapeText } from '../rules/escape-text.ts';
import { PLAIN, type Surface } from '../rules/surface.ts';
import type { Output } from './check-outputs.ts';
import { UsageError } from './usage-error.ts';

/** `--report <format=path>`: a report beside what is printed. */
export interface ReportTarget<Format extends string> {
  readonly format: Format;
  readonly path: string;
}

/** What the options of `reportOptions` come to. */
export interface ReportChoice<Format extends string> {
  readonly format?: Format;
  readonly report: readonly ReportTarget<Format>[];
}

/** `-f, --format` and `-o, --report` of a command that writes these formats. */
export function reportOptions<Format extends string>(
  formats: readonly Format[],
): readonly [format: Option, report: Option] {
  return [
    new Option('-f, --format <name>', 'what to print (default: pretty, compact when piped)').choices(formats),
    new Option('-o, --report <format=path>', 'also write a report to a file; repeatable')
      .argParser<readonly ReportTarget<Format>[]>((text, earlier) => [...earlier, readTarget(text, formats)])
      .default([], 'none'),
  ];
}

/** The format to print: the one asked for, else one for people on a terminal and one a line for programs. */
export function printedFormat<Format extends string>({
  format,
}: ReportChoice<Format>): Format | 'pretty' | 'compact' {
  return format ?? (process.stdout.isTTY ? 'pretty' : 'compact');
}

/** Texts of one run of a command. */
export interface WrittenReport<Format extends string> {
  /** The report as it is read on this surface. */
  readonly text: (format: Format | 'pretty' | 'compact', surface: Surface) => string;
  /** Markdown for GitHub's step summary. */
  readonly summary: () => string;
}

/** The files of the reports asked for. */
export function reportOutputs({ report }: ReportChoice<string>): readonly Output[] {
  return report.map(({ format, path }) => ({ option: `--report ${format}`, path }));
}

/**
 * Writes the reports asked for as plain text, prints the one to print, and in the format `github` adds to the step
 * summary.
 *
 * @throws UsageError where files cannot be written, after all that can be is written and printed.
 */
export function writeReports<Format extends string>(
  choice: ReportChoice<Format>,
  { text, summary }: WrittenReport<Format>,
  surface: Surface,
): void {
  const failures = choice.report.flatMap(({ format, path }) =>
    attempt(`--report ${escapeText(path)}`, () => writeFileSync(resolve(path), `${text(format, PLAIN)}\n`)),
  );
  const format = printedFormat(choice);
  const printed = text(format, surface);
  if (printed !== '') console.log(printed);
  const summaryFile = process.env.GITHUB_STEP_SUMMARY;
  if (format === 'github' && summaryFile)
    failures.push(...attempt('GITHUB_STEP_SUMMARY', () => appendFileSync(summaryFile, `${summary()}\n`)));
  if (failures.length > 0) throw new UsageError(failures.join('\n'));
}

function readTarget<Format extends string>(text: string, formats: readonly Format[]): ReportTarget<Format> {
  const [name, path] = [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)];
  const format = formats.find((known) => known === name);
  if (format !== undefined && path !== '') return { format, path };
  throw new InvalidArgumentError(`Write <format>=<path>; formats are ${formats.join(', ')}.`);
}

/** What is to be told where the file system refuses. */
function attempt(what: string, write: () => void): readonly string[] {
  try {
    write();
    return [];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return [`${what} cannot be written: ${escapeText((error as Error).message)}.`];
  }
}

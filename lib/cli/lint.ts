import { isAbsolute, relative, resolve, sep } from 'node:path';
import { Command, Option } from 'commander';
import { checkUnprovenConditions } from '../rule-tests/unproven-conditions.ts';
import { counted } from '../rules/counted.ts';
import { escapeText } from '../rules/escape-text.ts';
import { closingCount } from '../rules/format-diagnostics.ts';
import { baseRulesOf } from '../rules/lint/base-rules.ts';
import { fixRules } from '../rules/lint/fix-rules.ts';
import { type LintedRules, type LintOptions, lintRules } from '../rules/lint/lint-rules.ts';
import { githubSummary } from '../rules/reporters/github.ts';
import { countBySeverity, type DiagnosticReport } from '../rules/reporters/report.ts';
import {
  DIAGNOSTIC_FORMATS,
  DIAGNOSTIC_REPORTERS,
  type DiagnosticFormat,
} from '../rules/reporters/reporters.ts';
import { narratorFor, surfaceFor } from './global-options.ts';
import { failInJson } from './json-failure.ts';
import { rulesOption } from './local-options.ts';
import type { Narrator } from './narrator.ts';
import { nowOption } from './now-option.ts';
import { ProblemsFound } from './problems-found.ts';
import { readBase } from './read-base.ts';
import { printedFormat, type ReportChoice, reportOptions, writeReports } from './report-options.ts';
import { UsageError } from './usage-error.ts';
import { watchRules } from './watch.ts';

interface CommandOptions extends ReportChoice<DiagnosticFormat> {
  readonly fix?: boolean;
  readonly watch?: boolean;
  readonly now?: number;
  readonly rules: string;
  readonly base?: string;
}

const COMMAND = 'triage lint';
const EXAMPLES = `
Examples:
  triage lint                                   every rule below rules/
  triage lint rules/guardduty --fix             those of one area; what is safe to mend is mended
  triage lint --base origin/main                what merging withdraws on findings, beside all the rest
  triage lint --watch                           again whenever something below rules/ changes, until Ctrl-C
  triage lint -f github -o sarif=out/lint.sarif annotations on the log, a report for code scanning

All rules are read, whatever paths are named: rules can be wrong together. Paths choose what is told.`;

/** `triage lint`: syntax, schema, meaning and safety of rules, all mistakes of all files at once. */
export function lintCommand(): Command {
  const [format, report] = reportOptions(DIAGNOSTIC_FORMATS);
  return new Command('lint')
    .description('check rules: syntax, schema, meaning, safety')
    .argument('[paths...]', 'files or folders to tell about (default: all below --rules)')
    .option('--fix', 'mend what is safe to mend, keeping formatting')
    .addOption(new Option('--watch', 'check again at each change, until Ctrl-C').conflicts('fix'))
    .option('--base <ref>', 'also say what the rules withdraw that those of this git revision wrote')
    .addOption(nowOption())
    .addOption(rulesOption())
    .addOption(format)
    .addOption(report)
    .addHelpText('after', EXAMPLES)
    .action(lint);
}

async function lint(paths: readonly string[], options: CommandOptions, command: Command): Promise<void> {
  const { rules: rulesDir, watch, report } = options;
  const check = () => lintOnce(paths, options, command);
  if (watch) await watchRules({ command: COMMAND, rulesDir, written: report.map(({ path }) => path), check });
  else if ((await check()) > 0) throw new ProblemsFound();
}

/** Prints and writes what is found; resolves to the number of errors. */
async function lintOnce(
  paths: readonly string[],
  options: CommandOptions,
  command: Command,
): Promise<number> {
  const narrator = narratorFor(command);
  const report = await failInJson(printedFormat(options), () => reportOn(paths, options, narrator));
  writeReports(
    options,
    {
      text: (format, surface) => DIAGNOSTIC_REPORTERS[format](report, surface),
      summary: () => githubSummary(report),
    },
    surfaceFor(command),
  );
  // Whoever pipes the lines on still sees that something was checked.
  if (printedFormat(options) === 'compact' && !options.watch)
    narrator.say(closingCount(report.diagnostics, report));
  return countBySeverity(report.diagnostics).errors;
}

async function reportOn(
  paths: readonly string[],
  { rules: rulesDir, now, fix, base: ref }: CommandOptions,
  narrator: Narrator,
): Promise<DiagnosticReport> {
  const chosen = paths.map((path) => resolve(path));
  const isChosen = (file: string) => chosen.length === 0 || chosen.some((path) => leadsTo(path, file));
  const instant = now ?? Date.now();
  const earlier =
    ref === undefined
      ? null
      : await narrator.time(`reading the rules of ${ref}`, () => readBase(ref, rulesDir));
  const base = ref === undefined || earlier === null ? null : baseRulesOf(ref, earlier);
  const further = { furtherChecks: { TR303: checkUnprovenConditions }, ...(base && { base }) };
  const linted = await narrator.time('reading and checking the rules', () =>
    fix ? fixAndTell(rulesDir, instant, isChosen, further, narrator) : lintRules(rulesDir, instant, further),
  );
  refuseNothing(linted, rulesDir);
  const empty = paths.filter(
    (_, i) => ![...linted.sources.keys()].some((file) => leadsTo(chosen[i] ?? '', file)),
  );
  if (empty.length > 0) throw new UsageError(`There is no rule, list or sample at ${empty.join(', ')}.`);
  return {
    command: COMMAND,
    ...linted,
    diagnostics: linted.diagnostics.filter(({ file }) => isChosen(file)),
    cwd: process.cwd(),
  };
}

async function fixAndTell(
  rulesDir: string,
  now: number,
  isChosen: (file: string) => boolean,
  options: LintOptions,
  { say }: Narrator,
): Promise<LintedRules> {
  const { fixed, written, ...linted } = await fixRules(rulesDir, now, isChosen, options);
  if (fixed > 0) say(`Mended ${fixed} in ${counted(written.length, 'file')}.`);
  return linted;
}

/** Nothing checked is no success. */
function refuseNothing({ rules, diagnostics }: LintedRules, rulesDir: string): void {
  const [none] = diagnostics.filter(({ code }) => code === 'TR120');
  if (none !== undefined && rules === 0 && diagnostics.length === 1) {
    throw new UsageError(`${escapeText(rulesDir)}: ${none.message} Name a folder with --rules <dir>.`);
  }
}

function leadsTo(path: string, file: string): boolean {
  const below = relative(path, file);
  return below === '' || (!isAbsolute(below) && below.split(sep)[0] !== '..');
}

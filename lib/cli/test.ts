import { appendFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { findTestFiles } from '../rule-tests/find-test-files.ts';
import { hasProblems } from '../rule-tests/report.ts';
import { githubSummary } from '../rule-tests/reporters/github.ts';
import { jsonOfUsageError } from '../rule-tests/reporters/json.ts';
import { REPORT_FORMATS, REPORTERS, type ReportFormat } from '../rule-tests/reporters/reporters.ts';
import { type FolderRun, runRulesFolder } from '../rule-tests/run-rules-folder.ts';
import { rulesOption } from './local-options.ts';
import { ProblemsFound } from './problems-found.ts';
import { UsageError } from './usage-error.ts';

interface ReportTarget {
  readonly format: ReportFormat;
  readonly path: string;
}

interface TestOptions {
  readonly coverage: boolean;
  readonly mutate: boolean;
  readonly rules: string;
  readonly format?: ReportFormat;
  readonly report: readonly ReportTarget[];
}

const EXAMPLES = `
Examples:
  triage test                                          every test below rules/
  triage test rules/guardduty --mutate                 those of one area, and whether they prove each condition
  triage test -f github -o junit=out/rule-tests.xml    annotations on the log, a report for the CI server

Conditions that cases do not prove stop a rule that is enforced, and are a warning on one that observes.
A rule that observes is tested as if it were enforced.`;

/** `triage test`: the cases beside the rules, decided by the function that ships, each at its own instant. */
export function testCommand(): Command {
  return new Command('test')
    .description('run the tests beside the rules')
    .argument('[paths...]', 'tests, rules or folders of them (default: all below --rules)')
    .option('--coverage', 'demand that each condition is seen true and false', false)
    .option('--mutate', 'break each condition, and demand that a case notices', false)
    .addOption(rulesOption())
    .addOption(
      new Option('-f, --format <name>', 'what to print (default: pretty, compact when piped)').choices(
        REPORT_FORMATS,
      ),
    )
    .addOption(
      new Option('-o, --report <format=path>', 'also write a report to a file; repeatable')
        .argParser<readonly ReportTarget[]>((text, earlier) => [...earlier, readTarget(text)])
        .default([], 'none'),
    )
    .addHelpText('after', EXAMPLES)
    .action(test);
}

async function test(paths: readonly string[], options: TestOptions): Promise<void> {
  const format = options.format ?? (process.stdout.isTTY ? 'pretty' : 'compact');
  let run: FolderRun;
  try {
    run = await runRulesFolder(options.rules, filesFor(paths, options.rules), options);
    refuseNothing(run, options.rules);
  } catch (error) {
    if (error instanceof UsageError && format === 'json') console.log(jsonOfUsageError(error.message));
    throw error;
  }
  const { report, sources } = run;
  const context = { cwd: process.cwd(), sources };
  for (const target of options.report) write(target.path, `${REPORTERS[target.format](report, context)}\n`);
  console.log(REPORTERS[format](report, context));
  const summary = process.env.GITHUB_STEP_SUMMARY;
  if (format === 'github' && summary) append(summary, `${githubSummary(report, context)}\n`);
  if (hasProblems(report)) throw new ProblemsFound('The rule tests found problems.');
}

function filesFor(paths: readonly string[], rulesDir: string): readonly string[] {
  const { files, empty } = findFiles(paths, rulesDir);
  if (empty.length > 0) {
    throw new UsageError(
      `There is no test at ${empty.join(', ')}. Tests are <name>.test.json below ${rulesDir}.`,
    );
  }
  if (files.length > 0) return files;
  throw new UsageError(`There are no tests in ${rulesDir}. Write <name>.test.json beside a rule.`);
}

function findFiles(paths: readonly string[], rulesDir: string) {
  try {
    return findTestFiles(rulesDir, paths);
  } catch (cause) {
    throw new UsageError(`The rules folder ${rulesDir} cannot be read. Name one with --rules <dir>.`, {
      cause,
    });
  }
}

/** Nothing checked is no success, unless what kept it from being checked is told. */
function refuseNothing({ report }: FolderRun, rulesDir: string): void {
  const ran = report.rules.some(({ cases }) => cases.length > 0);
  if (!ran && report.diagnostics.length === 0) throw new UsageError(`No case was run in ${rulesDir}.`);
}

function readTarget(text: string): ReportTarget {
  const [name, path] = [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)];
  const format = REPORT_FORMATS.find((known) => known === name);
  if (format !== undefined && path !== '') return { format, path };
  throw new InvalidArgumentError(`Write <format>=<path>; formats are ${REPORT_FORMATS.join(', ')}.`);
}

function write(path: string, text: string): void {
  try {
    writeFileSync(resolve(path), text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`--report ${path} cannot be written: ${why}.`, { cause });
  }
}

function append(path: string, text: string): void {
  try {
    appendFileSync(path, text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`GITHUB_STEP_SUMMARY cannot be written: ${why}.`, { cause });
  }
}

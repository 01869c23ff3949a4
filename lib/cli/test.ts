import { Command } from 'commander';
import { type FoundTestFiles, findTestFiles } from '../rule-tests/find-test-files.ts';
import { countProblems } from '../rule-tests/report.ts';
import { githubSummary } from '../rule-tests/reporters/github.ts';
import { REPORT_FORMATS, REPORTERS, type ReportFormat } from '../rule-tests/reporters/reporters.ts';
import { type FolderRun, runRulesFolder } from '../rule-tests/run-rules-folder.ts';
import { checkOutputs } from './check-outputs.ts';
import { globalOptions, narratorFor, surfaceFor } from './global-options.ts';
import { failInJson } from './json-failure.ts';
import { rulesOption } from './local-options.ts';
import { ProblemsFound } from './problems-found.ts';
import {
  printedFormat,
  type ReportChoice,
  reportOptions,
  reportOutputs,
  writeReports,
} from './report-options.ts';
import { UsageError } from './usage-error.ts';
import { watchRules } from './watch.ts';

interface TestOptions extends ReportChoice<ReportFormat> {
  readonly coverage?: boolean;
  readonly mutate?: boolean;
  readonly watch?: boolean;
  readonly rules: string;
}

const COMMAND = 'triage test';
const EXAMPLES = `
Examples:
  triage test                                          every test below rules/
  triage test rules/guardduty --mutate                 those of one area, and whether they prove each condition
  triage test rules/exceptions/shop.json               the rows of one team, by the tests made for them
  triage test --watch                                  again whenever something below rules/ changes, until Ctrl-C
  triage test -f github -o junit=out/rule-tests.xml    annotations on the log, a report for the CI server

Conditions that cases do not prove stop a rule that is enforced, and are a warning on one that observes.
A rule that observes is tested as if it were enforced. Rows of exceptions have their tests made for them.`;

/** `triage test`: the cases beside the rules, decided by the function that ships, each at its own instant. */
export function testCommand(): Command {
  const [format, report] = reportOptions(REPORT_FORMATS);
  return new Command('test')
    .description('run the tests beside the rules')
    .argument('[paths...]', 'tests, rules, exceptions or folders of them (default: all below --rules)')
    .option('--coverage', 'demand that each condition is seen true and false')
    .option('--mutate', 'break each condition, and demand that a case notices')
    .option('--watch', 'run again at each change, until Ctrl-C')
    .addOption(rulesOption())
    .addOption(format)
    .addOption(report)
    .addHelpText('after', EXAMPLES)
    .action(test);
}

async function test(paths: readonly string[], options: TestOptions, command: Command): Promise<void> {
  const { rules: rulesDir, report } = options;
  const check = () => testOnce(paths, options, command);
  if (options.watch)
    await watchRules({ command: COMMAND, rulesDir, written: report.map(({ path }) => path), check });
  else if ((await check()) > 0) throw new ProblemsFound();
}

/** Prints and writes what comes of the tests; resolves to the number of failures and errors. */
async function testOnce(paths: readonly string[], options: TestOptions, command: Command): Promise<number> {
  const { coverage = false, mutate = false } = options;
  const { report, sources } = await failInJson(printedFormat(options), async () => {
    checkOutputs(reportOutputs(options), []);
    const { files, exceptionFiles } = filesFor(paths, options.rules);
    const run = await narratorFor(command).time('loading the rules and running their tests', () =>
      runRulesFolder(options.rules, files, { coverage, mutate, exceptionFiles }),
    );
    refuseNothing(run, options.rules);
    return run;
  });
  const context = { cwd: process.cwd(), sources, quiet: globalOptions(command).quiet };
  writeReports(
    options,
    {
      text: (format, surface) => REPORTERS[format](report, context, surface),
      summary: () => githubSummary(report, context),
    },
    surfaceFor(command),
  );
  return countProblems(report);
}

function filesFor(paths: readonly string[], rulesDir: string): FoundTestFiles {
  const found = findFiles(paths, rulesDir);
  if (found.empty.length > 0) {
    throw new UsageError(
      `There is no test at ${found.empty.join(', ')}. Tests are <name>.test.json below ${rulesDir}.`,
    );
  }
  if (found.files.length + found.exceptionFiles.length > 0) return found;
  throw new UsageError(`There are no tests in ${rulesDir}. Write <name>.test.json beside a rule.`);
}

function findFiles(paths: readonly string[], rulesDir: string): FoundTestFiles {
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

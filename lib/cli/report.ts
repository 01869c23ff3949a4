import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { composeReport } from '../report/compose-report.ts';
import { findSuppressions, type Suppression } from '../report/find-suppressions.ts';
import {
  SUPPRESSION_FORMATS,
  SUPPRESSION_REPORTERS,
  type SuppressionFormat,
} from '../report/reporters/reporters.ts';
import type { SuppressionReport } from '../report/suppression-report.ts';
import { REPORT_GATES, type ReportGate, trippedGates } from '../report/tripped-gates.ts';
import { lastCommits } from '../revisions/last-commits.ts';
import { escapeText } from '../rules/escape-text.ts';
import { loadRules } from '../rules/load.ts';
import { countFindings } from '../simulation/run/count-findings.ts';
import type { Counted } from '../simulation/tally/tally.ts';
import { checkOutputs } from './check-outputs.ts';
import { defaultWorkers, workersOption } from './default-workers.ts';
import { progressOf, refuseNothing, sourcesOf, toldFew } from './findings-input.ts';
import { narratorFor, surfaceFor } from './global-options.ts';
import { Interrupted, onInterrupt } from './interrupt.ts';
import { failInJson } from './json-failure.ts';
import { rulesetForUse } from './load-rules-for-use.ts';
import { rulesOption } from './local-options.ts';
import { nowOption } from './now-option.ts';
import { ProblemsFound } from './problems-found.ts';
import {
  printedFormat,
  type ReportChoice,
  reportOptions,
  reportOutputs,
  writeReports,
} from './report-options.ts';
import { UsageError } from './usage-error.ts';

interface ReportOptions extends ReportChoice<SuppressionFormat> {
  readonly rules: string;
  readonly now?: number;
  readonly expiring: number;
  readonly owner?: string;
  readonly failOn?: readonly ReportGate[];
  readonly workers?: number;
}

const EXAMPLES = `
Findings are read as by triage simulate, decided with the rules as they are, and
counted; nothing is sent. Without findings nothing is counted.

Examples:
  triage report                                           all that rules and git tell
  triage report findings.ndjson.gz                        and how many findings each suppresses
  triage report exports/ -o csv=audit.csv -o html=audit.html
  triage report --owner @acme/shop --expiring 60          what one owner has to renew
  triage report findings.ndjson.gz --fail-on expired,gone`;

/** `triage report`: every suppression in force, whose it is, why, until when, and how much it hides. */
export function reportCommand(): Command {
  const [format, report] = reportOptions(SUPPRESSION_FORMATS);
  return new Command('report')
    .description('every suppression in force: owner, reason, ticket, until when, how many')
    .argument('[findings...]', 'files, folders, globs, or - for stdin, to count on')
    .option('--owner <name>', 'only suppressions of this owner')
    .addOption(
      new Option('--expiring <days>', 'tell what ends or is to be reviewed within so many days')
        .default(30)
        .argParser(wholeDays),
    )
    .addOption(
      new Option('--fail-on <what>', `fail if there is any: ${REPORT_GATES.join(', ')}`).argParser(readGates),
    )
    .addOption(workersOption())
    .addOption(nowOption())
    .addOption(rulesOption())
    .addOption(format)
    .addOption(report)
    .addHelpText('after', EXAMPLES)
    .action(reportOn);
}

async function reportOn(args: readonly string[], options: ReportOptions, command: Command): Promise<void> {
  const { failOn = [] } = options;
  const { report, counted } = await failInJson(printedFormat(options), () => run(args, options, command));
  writeReports(
    options,
    {
      text: (format, surface) => SUPPRESSION_REPORTERS[format](report, surface),
      summary: () => SUPPRESSION_REPORTERS.markdown(report),
    },
    surfaceFor(command),
  );
  const { say } = narratorFor(command);
  if (counted !== null && counted.invalid.count > 0)
    say(toldFew(counted.invalid, 'finding', 'cannot be decided: no usable identity'));
  if (report.findings?.partial) throw new Interrupted();
  const unread = counted !== null && counted.faults.count > 0;
  const problems = [
    ...(unread ? [toldFew(counted.faults, 'place', 'could not be read')] : []),
    ...trippedGates(report, failOn),
  ];
  if (problems.length > 0) throw new ProblemsFound(problems.join('\n'));
}

interface Made {
  readonly report: SuppressionReport;
  readonly counted: Counted | null;
}

async function run(args: readonly string[], options: ReportOptions, command: Command): Promise<Made> {
  const { rules: rulesDir, now: nowMs = Date.now(), owner = null, expiring, failOn = [] } = options;
  const { time } = narratorFor(command);
  if (failOn.includes('gone') && args.length === 0)
    throw new UsageError('Only findings tell which rules are gone: name them beside --fail-on gone.');
  const sources = sourcesOf(args);
  checkOutputs(reportOutputs(options), sources);
  const loaded = await time('loading the rules', () => loadRules(rulesDir));
  if (loaded.diagnostics.length > 0 && loaded.diagnostics.every(({ code }) => code === 'TR120'))
    throw new UsageError(`There are no rules in ${escapeText(rulesDir)}. Name a folder with --rules <dir>.`);
  const ruleset = rulesetForUse(loaded, surfaceFor(command, 'stderr'));
  const all = findSuppressions(loaded, ruleset);
  const suppressions = owner === null ? all : all.filter(({ rule }) => rule.owner === owner);
  if (owner !== null && suppressions.length === 0) refuseOwner(owner, all);
  const commits = await time('asking git who changed them last', () =>
    lastCommits(
      resolve(rulesDir),
      suppressions.map(({ place }) => place),
    ),
  );
  const stop = new AbortController();
  const settle = onInterrupt(() => stop.abort());
  const progress = progressOf(sources, command);
  try {
    const counted =
      sources.length === 0
        ? null
        : await time('deciding', () =>
            countFindings(sources, {
              ruleset,
              base: null,
              nowMs,
              withSuppressions: true,
              workers: options.workers ?? defaultWorkers(sources, availableParallelism()),
              decisions: null,
              signal: stop.signal,
              onProgress: progress.update,
            }),
          );
    const partial = stop.signal.aborted;
    if (counted !== null) refuseNothing({ ...counted, partial }, args);
    const report = composeReport({
      ...{ ruleset, suppressions, commits, counted, partial, nowMs, owner },
      expiringDays: expiring,
      cwd: process.cwd(),
    });
    return { report, counted };
  } finally {
    progress.end();
    settle();
    // A pipe that is still open would keep the command waiting.
    if (stop.signal.aborted) process.stdin.destroy();
  }
}

function refuseOwner(owner: string, all: readonly Suppression[]): never {
  const owners = [...new Set(all.map(({ rule }) => rule.owner))].sort().map(escapeText);
  const known = owners.length === 0 ? 'No rule suppresses anything.' : `Owners are ${owners.join(', ')}.`;
  throw new UsageError(`No suppression is owned by ${escapeText(owner)}. ${known}`);
}

function wholeDays(text: string): number {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Not a whole number of days.');
}

function readGates(text: string): readonly ReportGate[] {
  return text.split(',').map((part) => {
    const gate = REPORT_GATES.find((known) => known === part.trim().toLowerCase());
    if (gate !== undefined) return gate;
    throw new InvalidArgumentError(`Write some of ${REPORT_GATES.join(', ')}, with commas between.`);
  });
}

import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import { buildRuleset } from '../rules/build-ruleset.ts';
import { counted } from '../rules/counted.ts';
import { createWorkspace } from '../rules/create-workspace.ts';
import { escapeText } from '../rules/escape-text.ts';
import { formatDiagnostics } from '../rules/format-diagnostics.ts';
import type { Ruleset } from '../rules/ruleset.ts';
import type { ReadFault } from '../simulation/read/block.ts';
import { findSources, type Source } from '../simulation/read/find-sources.ts';
import type { InvalidInput } from '../simulation/read/findings-of-block.ts';
import {
  SIMULATION_FORMATS,
  SIMULATION_REPORTERS,
  type SimulationFormat,
} from '../simulation/reporters/reporters.ts';
import { type Simulated, simulateFindings } from '../simulation/run/simulate-findings.ts';
import type { FirstFew } from '../simulation/tally/first-few.ts';
import type { BaseRuleset } from '../simulation/tally/report.ts';
import { globalOptions, narratorFor, surfaceFor } from './global-options.ts';
import { Interrupted, onInterrupt } from './interrupt.ts';
import { failInJson } from './json-failure.ts';
import { loadRulesForUse } from './load-rules-for-use.ts';
import { rulesOption } from './local-options.ts';
import { nowOption } from './now-option.ts';
import { ProblemsFound } from './problems-found.ts';
import { createProgress } from './progress.ts';
import { readRulesAt } from './read-base.ts';
import { printedFormat, type ReportChoice, reportOptions, writeReports } from './report-options.ts';
import { gateOptions, type SimulationGates, trippedGates } from './simulation-gates.ts';
import { UsageError } from './usage-error.ts';

interface SimulateOptions extends ReportChoice<SimulationFormat>, SimulationGates {
  readonly rules: string;
  readonly now?: number;
  readonly base?: string;
  readonly asEnforced?: boolean;
  readonly decisions?: string;
  readonly workers?: number;
}

const EXAMPLES = `
Findings come as NDJSON, one a line; or as JSON: a finding, an array,
{"Findings": […]}; or as EventBridge events. Each form may be gzipped. All are
read as they come, and some 50 bytes kept of each finding. Duplicates
(ProductArn and Id) collapse to the newest by UpdatedAt; they are counted.

Examples:
  triage simulate findings.ndjson.gz                   what the rules make of them
  triage simulate exports/ --base origin/main          what your changes make different
  triage simulate 'exports/2026-*.json' --base main --forbid-newly-suppressed CRITICAL,HIGH
  triage simulate rules/samples --as-enforced          as if no rule only observed
  triage export | triage simulate - -o html=impact.html`;

/** `triage simulate`: what rules make of many findings, and what a change of rules makes different. */
export function simulateCommand(): Command {
  const [format, report] = reportOptions(SIMULATION_FORMATS);
  const [forbid, most] = gateOptions();
  return new Command('simulate')
    .description('decide exported findings with the rules, or with two versions of them; nothing is sent')
    .argument('<findings...>', 'files, folders, globs, or - for stdin')
    .option('--base <ref>', 'compare with the rules of this git revision')
    .option('--as-enforced', 'decide by rules that observe as if they were enforced')
    .option('--decisions <file>', 'write one line of JSON a finding: its outcome, rules and update')
    .addOption(forbid)
    .addOption(most)
    .addOption(
      new Option('--workers <n>', 'threads to decide in (default: by size of the input)').argParser(
        (text) => {
          if (/^[1-9]\d?$/.test(text)) return Number(text);
          throw new InvalidArgumentError('Not a number of threads from 1 to 99.');
        },
      ),
    )
    .addOption(nowOption())
    .addOption(rulesOption())
    .addOption(format)
    .addOption(report)
    .addHelpText('after', EXAMPLES)
    .action(simulate);
}

async function simulate(args: readonly string[], options: SimulateOptions, command: Command): Promise<void> {
  const { report, faults, invalid } = await failInJson(printedFormat(options), () =>
    run(args, options, command),
  );
  writeReports(
    options,
    {
      text: (format, surface) => SIMULATION_REPORTERS[format](report, surface),
      summary: () => SIMULATION_REPORTERS.markdown(report),
    },
    surfaceFor(command),
  );
  const { say } = narratorFor(command);
  if (invalid.count > 0) say(toldFew(invalid, 'finding', 'cannot be decided: no usable identity'));
  if (report.partial) throw new Interrupted();
  const tripped = report.comparison === null ? [] : trippedGates(report.comparison, options);
  const problems = [...(faults.count > 0 ? [toldFew(faults, 'place', 'could not be read')] : []), ...tripped];
  if (problems.length > 0) throw new ProblemsFound(problems.join('\n'));
}

async function run(args: readonly string[], options: SimulateOptions, command: Command): Promise<Simulated> {
  const { rules, now, base: ref, asEnforced = false, decisions } = options;
  const { time } = narratorFor(command);
  const hasGate = options.forbidNewlySuppressed !== undefined || options.maxNewlySuppressed !== undefined;
  if (hasGate && ref === undefined)
    throw new UsageError('What is newly suppressed shows against other rules: name them with --base <ref>.');
  const sources = sourcesOf(args);
  const asAsked = (ruleset: Ruleset) => (asEnforced ? enforced(ruleset) : ruleset);
  const ruleset = await time('loading the rules', () =>
    loadRulesForUse(rules, surfaceFor(command, 'stderr')),
  );
  const base = ref === undefined ? null : await time(`loading the rules of ${ref}`, () => baseOf(ref, rules));
  const stop = new AbortController();
  const settle = onInterrupt(() => stop.abort());
  const progress = progressOf(sources, command);
  try {
    const simulated = await time('deciding', () =>
      simulateFindings(sources, {
        ruleset: asAsked(ruleset),
        base: base && { ...base, ruleset: asAsked(base.ruleset) },
        nowMs: now ?? Date.now(),
        workers: options.workers ?? workersFor(sources),
        decisions: decisions ?? null,
        signal: stop.signal,
        onProgress: progress.update,
      }),
    );
    refuseNothing(simulated, args);
    return simulated;
  } catch (error) {
    throw asUsageError(error, decisions);
  } finally {
    progress.end();
    settle();
    // A pipe that is still open would keep the command waiting.
    if (stop.signal.aborted) process.stdin.destroy();
  }
}

function sourcesOf(args: readonly string[]): readonly Source[] {
  const found = findSources(args);
  const none = found.flatMap((one) => ('why' in one ? [`${escapeText(one.argument)} ${one.why}.`] : []));
  if (none.length > 0) throw new UsageError(none.join('\n'));
  return found.flatMap((one) => ('why' in one ? [] : [one]));
}

/** A base whose rules do not load decides nothing, and a comparison with nothing would mislead. */
async function baseOf(ref: string, rulesDir: string): Promise<BaseRuleset> {
  const { commit, at, loaded } = await readRulesAt(ref, rulesDir);
  if (loaded.ruleset !== null) return { ref, commit, ruleset: loaded.ruleset };
  if (loaded.files.length === 0) {
    console.error(`There are no rules in ${rulesDir} at ${at}: compared with no rules.`);
    return { ref, commit, ruleset: buildRuleset(createWorkspace([])) };
  }
  const format = process.stderr.isTTY ? 'pretty' : 'compact';
  const { diagnostics, sources } = loaded;
  const told = formatDiagnostics(diagnostics, { format, cwd: process.cwd(), sources });
  throw new UsageError(`${told}\nThe rules of ${at} do not load, so there is nothing to compare with.`);
}

function enforced(ruleset: Ruleset): Ruleset {
  return { ...ruleset, rules: ruleset.rules.map((rule) => ({ ...rule, mode: 'enforce' as const })) };
}

/** Where threads begin to pay: one decides this much in some seconds, and each compiles the rules anew. */
const WORTH_THREADS_BYTES = 200_000_000;
const MOST_THREADS = 4;
/** What findings shrink to in gzip. */
const GZIP_RATIO = 10;

function workersFor(sources: readonly Source[]): number {
  const bytes = sources.reduce(
    (sum, { name, bytes: size }) => sum + (size ?? 0) * (name.endsWith('.gz') ? GZIP_RATIO : 1),
    0,
  );
  return bytes < WORTH_THREADS_BYTES ? 1 : Math.min(availableParallelism(), MOST_THREADS);
}

function progressOf(sources: readonly Source[], command: Command) {
  const isKnown = sources.every(({ bytes }) => bytes !== null);
  const total = isKnown ? sources.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0) : null;
  return createProgress('findings', total, {
    isTTY: process.stderr.isTTY === true,
    isCI: process.env.CI === 'true',
    quiet: globalOptions(command).quiet,
    write: (text) => process.stderr.write(text),
    nowMs: () => performance.now(),
  });
}

/** Nothing decided is no success, unless somebody stopped it. */
function refuseNothing({ report, faults, invalid }: Simulated, args: readonly string[]): void {
  if (report.findings.distinct > 0 || report.partial) return;
  const why = [
    ...(faults.count > 0 ? [toldFew(faults, 'place', 'could not be read')] : []),
    ...(invalid.count > 0 ? [toldFew(invalid, 'finding', 'cannot be decided: no usable identity')] : []),
    `There are no findings to decide in ${args.map(escapeText).join(', ')}.`,
  ];
  throw new UsageError(why.join('\n'));
}

/** Texts of findings and files come into messages: none of them acts on a terminal. */
function toldFew(few: FirstFew<ReadFault | InvalidInput>, noun: string, fate: string): string {
  const rest = few.count - few.first.length;
  return [
    `${counted(few.count, noun)} ${fate}.`,
    ...few.first.map(({ place, message }) => `  ${escapeText(place)}: ${escapeText(message)}`),
    ...(rest > 0 ? [`  and ${rest} more`] : []),
  ].join('\n');
}

function asUsageError(error: unknown, decisions: string | undefined): unknown {
  const { code, path, message } = error as NodeJS.ErrnoException;
  const isOfFile = code !== undefined && decisions !== undefined && path === decisions;
  return isOfFile
    ? new UsageError(`--decisions ${escapeText(decisions)} cannot be written: ${message}.`)
    : error;
}

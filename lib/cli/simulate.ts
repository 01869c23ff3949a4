import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import { buildRuleset } from '../rules/build-ruleset.ts';
import { createWorkspace } from '../rules/create-workspace.ts';
import { escapeText } from '../rules/escape-text.ts';
import { formatDiagnostics } from '../rules/format-diagnostics.ts';
import type { Ruleset } from '../rules/ruleset.ts';
import {
  SIMULATION_FORMATS,
  SIMULATION_REPORTERS,
  type SimulationFormat,
} from '../simulation/reporters/reporters.ts';
import { besideDecisions } from '../simulation/run/decisions-file.ts';
import { type Simulated, simulateFindings } from '../simulation/run/simulate-findings.ts';
import type { BaseRuleset } from '../simulation/tally/report.ts';
import { checkOutputs, type Output } from './check-outputs.ts';
import { defaultWorkers, workersOption } from './default-workers.ts';
import { progressOf, refuseNothing, sourcesOf, toldFew } from './findings-input.ts';
import { narratorFor, surfaceFor } from './global-options.ts';
import { Interrupted, onInterrupt } from './interrupt.ts';
import { failInJson } from './json-failure.ts';
import { loadRulesForUse } from './load-rules-for-use.ts';
import { rulesOption } from './local-options.ts';
import { nowOption } from './now-option.ts';
import { ProblemsFound } from './problems-found.ts';
import { readRulesAt } from './read-base.ts';
import {
  printedFormat,
  type ReportChoice,
  reportOptions,
  reportOutputs,
  writeReports,
} from './report-options.ts';
import { gateOptions, gateResults, type SimulationGates, trippedGates } from './simulation-gates.ts';
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
    .addOption(workersOption())
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
  const tripped = trippedGates(report.gates);
  const problems = [...(faults.count > 0 ? [toldFew(faults, 'place', 'could not be read')] : []), ...tripped];
  if (problems.length > 0) throw new ProblemsFound(problems.join('\n'));
}

async function run(args: readonly string[], options: SimulateOptions, command: Command): Promise<Simulated> {
  const { rules, now, base: ref, asEnforced = false, decisions } = options;
  const { time } = narratorFor(command);
  const hasGate = options.forbidNewlySuppressed !== undefined || options.maxNewlySuppressed !== undefined;
  if (hasGate && ref === undefined)
    throw new UsageError(
      'What is newly suppressed or resolved shows against other rules: name them with --base <ref>.',
    );
  const sources = sourcesOf(args);
  checkOutputs(outputsOf(options), sources);
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
        workers: options.workers ?? defaultWorkers(sources, availableParallelism()),
        decisions: decisions ?? null,
        signal: stop.signal,
        onProgress: progress.update,
      }),
    );
    const { report, faults, invalid } = simulated;
    refuseNothing({ distinct: report.findings.distinct, partial: report.partial, faults, invalid }, args);
    const gates = report.comparison === null ? [] : gateResults(report.comparison, options);
    return { ...simulated, report: { ...report, gates, asEnforced } };
  } catch (error) {
    throw asUsageError(error, decisions);
  } finally {
    progress.end();
    settle();
    // A pipe that is still open would keep the command waiting.
    if (stop.signal.aborted) process.stdin.destroy();
  }
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

function outputsOf({ decisions, ...options }: SimulateOptions): readonly Output[] {
  const reports = reportOutputs(options);
  if (decisions === undefined) return reports;
  return [...reports, { option: '--decisions', path: decisions, beside: besideDecisions(decisions) }];
}

function asUsageError(error: unknown, decisions: string | undefined): unknown {
  const { code, path, message } = error as NodeJS.ErrnoException;
  const isOfFile =
    code !== undefined &&
    decisions !== undefined &&
    [decisions, ...besideDecisions(decisions)].some((one) => one === path);
  return isOfFile
    ? new UsageError(`--decisions ${escapeText(decisions)} cannot be written: ${message}.`)
    : error;
}

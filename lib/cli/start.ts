import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import type { FindingIdentifier } from '../findings/finding.ts';
import { type InputItem, identityOf } from '../findings/input-items.ts';
import { startLocalAccount } from '../local/account.ts';
import { ARTIFACTS, writeArtifacts } from '../local/run/artifacts.ts';
import { bringIn } from '../local/run/bring-in.ts';
import { readInput } from '../local/run/input.ts';
import { outcomesOf } from '../local/run/outcomes.ts';
import { synthesize } from '../local/run/synthesize.ts';
import { narratorFor, paintFor } from './global-options.ts';
import { findingsOption, type LocalOptions, modeOption, rulesOption } from './local-options.ts';
import { requireTriage } from './require-triage.ts';
import { sampleFiles } from './sample-findings.ts';
import { formatSummary } from './start-summary.ts';
import { UsageError } from './usage-error.ts';

interface StartOptions extends LocalOptions {
  readonly out?: string;
}

/** A batching window of 10 s passes in 10 ms, so that nobody waits for a quiet queue. */
const TIME_SCALE = 0.001;
const SETTLE_TIMEOUT_MS = 600_000;
/** The finding that the demonstration makes fail, to show what becomes of what the API leaves unprocessed. */
const FAILING_SAMPLE = 'inspector-exploited-library-prod.json';

const EXAMPLES = `
Examples:
  npm start                                                the samples and the rules that come with the app
  npm start -- --findings export.ndjson --out out          findings of yours, all that happened in out/
  npm start -- --findings export.ndjson --mode observe     what would happen, with nothing written`;

/** `triage start`: the main job, from finding events to batched updates, on the local account. */
export function startCommand(): Command {
  return new Command('start')
    .description('deploy to a local account, bring findings in, and show what the deployed function did')
    .addOption(findingsOption())
    .addOption(rulesOption())
    .addOption(modeOption())
    .addOption(new Option('--out <dir>', `folder to leave ${ARTIFACTS.join(', ')} in`))
    .addHelpText('after', EXAMPLES)
    .action(start);
}

async function start({ findings, rules, mode, out }: StartOptions, command: Command): Promise<void> {
  const { say, time } = narratorFor(command);
  const files = findings ?? sampleFiles(rules);
  const items = readInput(files);
  if (items.length === 0) {
    const where = files.join(', ') || `${join(rules, 'samples')}, where the samples would be`;
    throw new UsageError(`There are no findings in ${where}. Name files of yours with --findings <file>….`);
  }
  if (out !== undefined) makeFolder(out);
  say('Synthesizing the stack with its rules and the function (cdk synth) …');
  const assemblyDir = await time('synthesis', () => synthesize({ rulesDir: rules, mode }));
  const account = await time('deployment', () => startLocalAccount({ assemblyDir, timeScale: TIME_SCALE }));
  try {
    requireTriage(account);
    const failing = findings === undefined ? failOne(items) : undefined;
    if (failing) account.hub.faults.fail(failing, 'FindingSizeExceeded', Number.POSITIVE_INFINITY);
    say(`Bringing in ${items.length} events; the deployed bundle triages them …`);
    bringIn(account, items);
    await time('triage', () => account.settle(SETTLE_TIMEOUT_MS));
    const outcomes = outcomesOf(account, items);
    if (out !== undefined) writeArtifacts(out, account, outcomes);
    console.log(formatSummary(account, outcomes, { mode, out, failing, paint: paintFor(command) }));
  } finally {
    await account.close();
    rmSync(assemblyDir, { recursive: true, force: true });
  }
}

/** Before the work, so that nobody waits for files that cannot be left. */
function makeFolder(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true });
  } catch (cause) {
    throw new UsageError(
      `--out ${dir} cannot be a folder: ${cause instanceof Error ? cause.message : cause}.`,
      {
        cause,
      },
    );
  }
}

function failOne(items: readonly InputItem[]): FindingIdentifier | undefined {
  return identityOf(items.find(({ place }) => place.endsWith(FAILING_SAMPLE))?.findings[0]);
}

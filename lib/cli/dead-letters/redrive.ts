import { Command, InvalidArgumentError, Option } from 'commander';
import { systemClock } from '../../../lambdas/triage/clock.ts';
import { connectSecurityHub } from '../../../lambdas/triage/security-hub.ts';
import { foreignHub } from '../../dead-letters/account/hub-of-queues.ts';
import type { LetterQueue } from '../../dead-letters/account/letter-queue.ts';
import { type DiscardFile, openDiscardFile } from '../../dead-letters/discard-file.ts';
import { passes } from '../../dead-letters/filter.ts';
import { createRedecider, unknownFates } from '../../dead-letters/redecide.ts';
import { type RedriveJob, type RedriveResult, redrive } from '../../dead-letters/redrive.ts';
import { REDRIVE_REPORTERS, type RedriveReport } from '../../dead-letters/reporters/redrive-report.ts';
import { LETTER_FORMATS, type LetterFormat } from '../../dead-letters/reporters/survey-texts.ts';
import { counted } from '../../rules/counted.ts';
import { escapeText } from '../../rules/escape-text.ts';
import { narratorFor, progressFor, surfaceFor } from '../global-options.ts';
import { Interrupted, onInterrupt } from '../interrupt.ts';
import { failInJson } from '../json-failure.ts';
import { loadRulesForUse } from '../load-rules-for-use.ts';
import { rulesOption } from '../local-options.ts';
import { ProblemsFound } from '../problems-found.ts';
import { printedFormat, type ReportChoice, reportOptions, writeReports } from '../report-options.ts';
import { failureText, tellFailures } from '../tell-failure.ts';
import { UsageError } from '../usage-error.ts';
import { type FilterOptions, filterOf, filterOptions } from './filter-options.ts';
import { DEFAULT_LIMIT } from './list.ts';
import {
  ingestQueueOption,
  openQueues,
  QUEUE_NOTES,
  type QueueOptions,
  queueOptions,
} from './queue-options.ts';

interface RedriveOptions extends QueueOptions, FilterOptions, ReportChoice<LetterFormat> {
  readonly apply: boolean;
  readonly rate: number;
  readonly discard?: string;
  readonly redecide: boolean;
  readonly rules: string;
}

const NOTES = `${QUEUE_NOTES}
Deciding anew reads findings with your own credentials: securityhub:GetFindings.
--discard also asks whose Security Hub that is: securityhub:DescribeHub.

Each finding is read as it stands and decided by the rules here. Letters that would
come to an end are sent to the ingest queue, and deleted only once SQS confirmed
that. What would be refused again stays, as does what is no event of Security Hub.
What is sent names the finding alone: the function reads it again before it decides.
Interrupted or killed, nothing is lost, and the same command goes on; what a killed
one had in hand is out of sight for five minutes.

Examples:
  triage dead-letters redrive                                     what would happen
  triage dead-letters redrive --apply --rate 5                    send them back
  triage dead-letters redrive --apply --rule notify-owners        one rule's, once it is mended
  triage dead-letters redrive --apply --only undelivered
  triage dead-letters redrive --apply --cause FindingNotFound --discard gone.ndjson`;

/** `triage dead-letters redrive`: letters back into the ingest queue, to be decided anew; dry unless told otherwise. */
export function redriveCommand(): Command {
  const command = new Command('redrive')
    .description('send letters back to be decided anew; without --apply tell what would happen')
    .option('--apply', 'send; without it nothing is sent or deleted', false)
    .addOption(
      new Option('--rate <n>', 'letters to send in a second').default(10).argParser((text) => {
        const rate = /^\d{1,3}$/.test(text) ? Number(text) : 0;
        if (rate >= 1 && rate <= 500) return rate;
        throw new InvalidArgumentError('Not a whole number from 1 to 500.');
      }),
    )
    .option(
      '--discard <file>',
      'append letters of findings that are gone, or that are no events, to a file; then delete them',
    )
    .option('--no-redecide', 'send without looking: the function decides anyway');
  for (const option of [
    ...[ingestQueueOption(), ...queueOptions(), ...filterOptions()],
    ...[rulesOption(), ...reportOptions(LETTER_FORMATS)],
  ])
    command.addOption(option);
  return command.addHelpText('after', NOTES).action(redriveLetters);
}

async function redriveLetters(options: RedriveOptions, command: Command): Promise<void> {
  if (options.discard !== undefined && !options.redecide)
    throw new UsageError('--discard needs to know which findings are gone: leave --no-redecide out.');
  const report = await failInJson(printedFormat(options), () => tellFailures(() => run(options, command)));
  writeReports(
    options,
    {
      text: (format, surface) => REDRIVE_REPORTERS[format](report, surface),
      summary: () => REDRIVE_REPORTERS.markdown(report),
    },
    surfaceFor(command),
  );
  const { failure, partial, ends } = report.result;
  if (failure !== null) throw new ProblemsFound(failureText(failure));
  if (partial === 'interrupted') throw new Interrupted();
  if (options.id !== undefined && ends.length === 0) throw new UsageError('No letter has this id.');
  const left = ends.filter(({ end }) => end === 'kept' || end === 'failed');
  if (options.apply && left.length > 0)
    throw new ProblemsFound(
      `${counted(left.length, 'letter')} ${left.length === 1 ? 'stays' : 'stay'} in the queue.`,
    );
}

async function run(options: RedriveOptions, command: Command): Promise<RedriveReport> {
  const { apply, redecide, rules } = options;
  const { time } = narratorFor(command);
  const ruleset = redecide
    ? await time('loading the rules', () => loadRulesForUse(rules, surfaceFor(command, 'stderr')))
    : null;
  const { queues, ingest, close } = await time('finding the queues', () => openQueues(options));
  if (apply && ingest === null) {
    close();
    throw new UsageError('Where to? Name the ingest queue too: --ingest-queue <url>.');
  }
  if (options.discard !== undefined) await requireOwnHub(queues, close);
  const discard = apply && options.discard !== undefined ? openDiscards(options.discard) : null;
  const stop = new AbortController();
  const settle = onInterrupt(() => stop.abort());
  const progress = progressFor(command, 'letters');
  const fatesOf: RedriveJob['fatesOf'] =
    ruleset === null
      ? async (letters) => unknownFates(letters)
      : createRedecider(connectSecurityHub(), ruleset, systemClock).fatesOf;
  try {
    const result: RedriveResult = await time('redrive', () =>
      redrive({
        ...{ queues, fatesOf, perSecond: options.rate, clock: systemClock, stop: stop.signal },
        apply: apply && ingest !== null ? { ingest, discard } : null,
        isChosen: passes(filterOf(options), Date.now()),
        limit: options.limit ?? (apply ? Number.POSITIVE_INFINITY : DEFAULT_LIMIT),
        onProgress: (looked) => progress.update(0, looked),
      }),
    );
    const discards = options.discard !== undefined;
    return { result, isApplied: apply, ruleset: ruleset?.version ?? null, discards };
  } finally {
    progress.end();
    settle();
    discard?.close();
    close();
  }
}

/** Read in another account, every finding would seem to be gone. */
async function requireOwnHub(queues: readonly LetterQueue[], close: () => void): Promise<void> {
  try {
    for (const queue of queues) {
      const why = await foreignHub(await queue.state());
      if (why !== null)
        throw new UsageError(
          `--discard cannot tell which findings are gone: ${escapeText(why)}. Use credentials and AWS_REGION of the queue's account and Region.`,
        );
    }
  } catch (error) {
    close();
    throw error;
  }
}

function openDiscards(path: string): DiscardFile {
  try {
    return openDiscardFile(path);
  } catch (error) {
    throw new UsageError(`--discard ${escapeText(path)} cannot be written: ${escapeText(String(error))}.`, {
      cause: error,
    });
  }
}

import { Command } from 'commander';
import type { LetterQueue } from '../../dead-letters/account/letter-queue.ts';
import { passes } from '../../dead-letters/filter.ts';
import { lookAtLetters } from '../../dead-letters/look-at-letters.ts';
import type { SurveyReport } from '../../dead-letters/reporters/survey-report.ts';
import {
  LETTER_FORMATS,
  type LetterFormat,
  SURVEY_REPORTERS,
} from '../../dead-letters/reporters/survey-texts.ts';
import { type QueueSurvey, surveyQueue } from '../../dead-letters/survey.ts';
import { progressFor, surfaceFor } from '../global-options.ts';
import { Interrupted, onInterrupt } from '../interrupt.ts';
import { failInJson } from '../json-failure.ts';
import { printedFormat, type ReportChoice, reportOptions, writeReports } from '../report-options.ts';
import { tellFailures } from '../tell-failure.ts';
import { type FilterOptions, filterOf, filterOptions } from './filter-options.ts';
import { openQueues, QUEUE_NOTES, type QueueOptions, queueOptions } from './queue-options.ts';

type ListOptions = QueueOptions & FilterOptions & ReportChoice<LetterFormat>;

export const DEFAULT_LIMIT = 1_000;

const NOTES = `${QUEUE_NOTES}

Nothing is removed. Letters are received and given back, which takes them out of
sight for some seconds (the alarm may rest meanwhile) and adds one to their
receive counts; in these queues that has no effect.

Examples:
  triage dead-letters list
  triage dead-letters list --cause FindingSizeExceeded -f json
  triage dead-letters list -o markdown=letters.md --older-than 10d`;

/** `triage dead-letters list`: what lies there, counted, with what to do. */
export function listCommand(): Command {
  const command = new Command('list').description(
    'count dead letters by cause, rule and age; nothing is removed',
  );
  for (const option of [...queueOptions(), ...filterOptions(), ...reportOptions(LETTER_FORMATS)])
    command.addOption(option);
  return command.addHelpText('after', NOTES).action(list);
}

async function list(options: ListOptions, command: Command): Promise<void> {
  const stop = new AbortController();
  const settle = onInterrupt(() => stop.abort());
  try {
    const report = await failInJson(printedFormat(options), () =>
      tellFailures(() => survey(options, stop.signal, command)),
    );
    writeReports(
      options,
      {
        text: (format, surface) => SURVEY_REPORTERS[format](report, surface),
        summary: () => SURVEY_REPORTERS.markdown(report),
      },
      surfaceFor(command),
    );
    if (stop.signal.aborted) throw new Interrupted();
  } finally {
    settle();
  }
}

async function survey(options: ListOptions, stop: AbortSignal, command: Command): Promise<SurveyReport> {
  const { queues, close } = await openQueues(options);
  try {
    const surveys: QueueSurvey[] = [];
    for (const queue of queues) surveys.push(await surveyOne(queue, options, stop, command));
    return { nowMs: Date.now(), queues: surveys };
  } finally {
    close();
  }
}

async function surveyOne(
  queue: LetterQueue,
  options: ListOptions,
  stop: AbortSignal,
  command: Command,
): Promise<QueueSurvey> {
  const state = await queue.state();
  const progress = progressFor(command, 'letters');
  const looked = await lookAtLetters(queue, options.limit ?? DEFAULT_LIMIT, stop, (count) =>
    progress.update(0, count),
  );
  progress.end();
  const nowMs = Date.now();
  return surveyQueue(queue, state, looked.length, looked.filter(passes(filterOf(options), nowMs)), nowMs);
}

import type { Clock } from '../../lambdas/triage/clock.ts';
import { createTokenBucket, type TokenBucket } from '../../lambdas/triage/token-bucket.ts';
import { CallFailed } from '../account/call-failed.ts';
import type { IngestQueue } from './account/ingest-queue.ts';
import { ENTRIES_PER_CALL, type HeldLetter, type LetterQueue } from './account/letter-queue.ts';
import { bodyToSend } from './body.ts';
import type { DiscardFile } from './discard-file.ts';
import { isWorthless, isWorthSending, type LetterFate } from './fate.ts';
import { type Letter, readLetter } from './letter.ts';
import { type LetterTaker, takeLetters } from './take-letters.ts';

export interface RedriveJob {
  readonly queues: readonly LetterQueue[];
  /** Null: nothing is sent, deleted or written. */
  readonly apply: { readonly ingest: IngestQueue; readonly discard: DiscardFile | null } | null;
  readonly isChosen: (letter: Letter) => boolean;
  readonly fatesOf: (letters: readonly Letter[]) => Promise<readonly LetterFate[]>;
  /** Letters sent in a second, on the average of any longer time; a batch of ten goes at once. */
  readonly perSecond: number;
  /** Letters to look at in each queue, those that are not chosen included. */
  readonly limit: number;
  readonly clock: Clock;
  /** Aborted: what is under way is finished, and the rest given back. */
  readonly stop: AbortSignal;
  readonly onProgress: (looked: number) => void;
}

/** What became of one letter. */
export interface RedriveEnd {
  readonly letter: Letter;
  readonly fate: LetterFate;
  /**
   * `sent`: SQS confirmed it, and then its deletion. `twice`: sent, but its deletion was not confirmed, so that it may
   * be decided a second time, to the same end. `failed`: not confirmed, so it stays. `discarded`: written to the file,
   * then deleted. `kept`: nothing was done.
   */
  readonly end: 'sent' | 'twice' | 'failed' | 'discarded' | 'kept';
}

export interface RedriveResult {
  readonly ends: readonly RedriveEnd[];
  /** Letters that were looked at and did not pass the filters. */
  readonly passedOver: number;
  readonly partial: 'interrupted' | 'limit' | null;
  /** What ended it before its time; all that was held is given back, where that could be. */
  readonly failure: CallFailed | null;
}

/**
 * Twenty letters at a time are read again and sent, which takes a minute and twenty seconds at worst; a command that is
 * killed leaves them out of sight for no longer than this.
 */
const HIDDEN_SECONDS = 300;
const LETTERS_AT_ONCE = 20;
/** Of a batch as of a message: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html */
const BATCH_LIMIT_BYTES = 1_048_576;

/**
 * Sends letters back to be decided anew. One is deleted only after SQS has confirmed its copy in the ingest queue, entry
 * by entry, so at no instant is it in neither queue: a command that is killed anywhere loses nothing, and the next one
 * goes on. What would be refused again, and what may not be sent on, stays where it is.
 */
export async function redrive(job: RedriveJob): Promise<RedriveResult> {
  const ends: RedriveEnd[] = [];
  const bucket = createTokenBucket(job.perSecond, 1, job.clock);
  const state: State = { looked: 0, passedOver: 0, partial: null };
  let failure: CallFailed | null = null;
  for (const queue of job.queues) {
    const taker = takeLetters(queue, HIDDEN_SECONDS);
    try {
      await redriveQueue(queue, taker, job, bucket, state, ends);
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      failure ??= error;
    } finally {
      await taker.giveBack().catch((error: unknown) => {
        // They come back by themselves, only later.
        if (!(error instanceof CallFailed)) throw error;
      });
    }
  }
  return { ends, passedOver: state.passedOver, partial: state.partial, failure };
}

interface State {
  looked: number;
  passedOver: number;
  partial: RedriveResult['partial'];
}

async function redriveQueue(
  queue: LetterQueue,
  taker: LetterTaker,
  job: RedriveJob,
  bucket: TokenBucket,
  state: State,
  ends: RedriveEnd[],
): Promise<void> {
  for (let lookedHere = 0; ; ) {
    if (job.stop.aborted) {
      state.partial = 'interrupted';
      return;
    }
    if (lookedHere >= job.limit) {
      state.partial = 'limit';
      return;
    }
    const held = await taker.next(Math.min(LETTERS_AT_ONCE, job.limit - lookedHere));
    if (held.length === 0) return;
    lookedHere += held.length;
    state.looked += held.length;
    const read = held.map((one) => ({ held: one, letter: readLetter(one.letter) }));
    const chosen = read.filter(({ letter }) => job.isChosen(letter));
    state.passedOver += read.length - chosen.length;
    const fates = await job.fatesOf(chosen.map(({ letter }) => letter));
    const cases = chosen.flatMap((one, i) => {
      const fate = fates[i];
      return fate === undefined ? [] : [{ ...one, fate }];
    });
    await settle(queue, taker, cases, job, bucket, ends);
    job.onProgress(state.looked);
  }
}

interface Case {
  readonly held: HeldLetter;
  readonly letter: Letter;
  readonly fate: LetterFate;
}

async function settle(
  queue: LetterQueue,
  taker: LetterTaker,
  cases: readonly Case[],
  { apply, stop }: RedriveJob,
  bucket: TokenBucket,
  ends: RedriveEnd[],
): Promise<void> {
  const how = new Map<Case, RedriveEnd['end']>(cases.map((one) => [one, 'kept']));
  const note = (some: Iterable<Case>, end: RedriveEnd['end']) => {
    for (const one of some) how.set(one, end);
  };
  const remove = async (removed: readonly Case[]): Promise<ReadonlySet<Case>> => {
    const handles = new Map(removed.map((one) => [taker.handleOf(one.held.letter.messageId), one]));
    // One more try for what was not confirmed: a letter that stays is decided once more for nothing.
    const first = await queue.remove([...handles.keys()]);
    const left = [...handles.keys()].filter((handle) => !first.has(handle));
    const gone = new Set([...first, ...(left.length === 0 ? [] : await queue.remove(left))]);
    const done = new Set([...handles].flatMap(([handle, one]) => (gone.has(handle) ? [one] : [])));
    for (const { held } of done) taker.forget(held.letter.messageId);
    return done;
  };

  try {
    for (const pack of packs(apply === null ? [] : cases.filter(({ fate }) => isWorthSending(fate)))) {
      if (apply === null || stop.aborted) break;
      for (const _ of pack) await bucket.take(Number.POSITIVE_INFINITY);
      const packed = pack.map(({ one }) => one);
      note(packed, 'failed');
      const confirmed = await apply.ingest.send(pack.map(({ body }) => body));
      const sent = packed.filter((_, i) => confirmed.has(i));
      note(sent, 'twice');
      note(await remove(sent), 'sent');
    }
    const worthless = cases.filter(({ fate }) => isWorthless(fate));
    if (apply !== null && apply.discard !== null && worthless.length > 0 && !stop.aborted) {
      apply.discard.keep(worthless.map(({ held }) => held.letter));
      note(await remove(worthless), 'discarded');
    }
  } finally {
    for (const [{ letter, fate }, end] of how) ends.push({ letter, fate, end });
  }
}

/** At most ten bodies and 1 MiB in sum. */
function packs(
  cases: readonly Case[],
): readonly (readonly { readonly one: Case; readonly body: string }[])[] {
  const all: { readonly one: Case; readonly body: string }[][] = [];
  let bytes = 0;
  for (const one of cases) {
    if (one.letter.reading.kind !== 'event') continue;
    const body = bodyToSend(one.letter.reading.envelope);
    const size = Buffer.byteLength(body);
    const pack = all.at(-1);
    if (pack === undefined || pack.length === ENTRIES_PER_CALL || bytes + size > BATCH_LIMIT_BYTES) {
      all.push([{ one, body }]);
      bytes = size;
    } else {
      pack.push({ one, body });
      bytes += size;
    }
  }
  return all;
}

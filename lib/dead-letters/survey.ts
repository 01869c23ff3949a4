import type { QueueState } from './account/letter-queue.ts';
import type { CauseAdvice } from './causes.ts';
import type { Letter } from './letter.ts';
import type { QueueKind } from './received-letter.ts';

/** What one queue holds, counted. */
export interface QueueSurvey {
  readonly kind: QueueKind;
  /** The last part of its URL. */
  readonly name: string;
  readonly state: QueueState;
  /** Letters that were looked at; more may lie there. */
  readonly looked: number;
  /** Those of them that pass the filters: everything below counts these. */
  readonly letters: readonly Letter[];
  /** By letters, most first. */
  readonly causes: readonly {
    readonly advice: CauseAdvice;
    readonly code: string;
    readonly letters: number;
  }[];
  readonly rules: readonly { readonly rule: string; readonly letters: number }[];
  readonly ages: readonly { readonly age: string; readonly letters: number }[];
  /** Milliseconds since 1970; null where there is no letter, or none says when it was sent. */
  readonly oldestSentAtMs: number | null;
  readonly firstForgottenAtMs: number | null;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const AGES = [
  { age: 'under an hour', belowMs: HOUR_MS },
  { age: 'an hour to a day', belowMs: DAY_MS },
  { age: 'a day to a week', belowMs: 7 * DAY_MS },
  { age: 'over a week', belowMs: Number.POSITIVE_INFINITY },
] as const;

/** Counts the letters of one queue by cause, rule and age. */
export function surveyQueue(
  queue: { readonly kind: QueueKind; readonly url: string },
  state: QueueState,
  looked: number,
  letters: readonly Letter[],
  nowMs: number,
): QueueSurvey {
  const sent = letters.flatMap(({ received }) => received.sentAtMs ?? []);
  const oldestSentAtMs = sent.length === 0 ? null : sent.reduce((least, ms) => Math.min(least, ms));
  const adviceOf = new Map(letters.map(({ cause, advice }) => [cause.code, advice]));
  return {
    kind: queue.kind,
    name: queue.url.slice(queue.url.lastIndexOf('/') + 1),
    state,
    looked,
    letters,
    causes: countsOf(letters.map(({ cause }) => cause.code)).flatMap(({ key, count }) => {
      const advice = adviceOf.get(key);
      return advice === undefined ? [] : [{ code: key, advice, letters: count }];
    }),
    rules: countsOf(letters.flatMap(({ attempt }) => [...new Set(attempt?.rules ?? [])])).map(
      ({ key, count }) => ({ rule: key, letters: count }),
    ),
    ages: AGES.map(({ age }) => ({ age, letters: sent.filter((ms) => ageOf(nowMs - ms) === age).length })),
    oldestSentAtMs,
    firstForgottenAtMs: oldestSentAtMs === null ? null : oldestSentAtMs + state.retentionMs,
  };
}

function ageOf(ms: number): string | undefined {
  return AGES.find(({ belowMs }) => ms < belowMs)?.age;
}

function countsOf(keys: readonly string[]): readonly { readonly key: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts]
    .map(([key, count]) => ({ key, count }))
    .sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
}

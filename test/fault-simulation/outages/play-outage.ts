import { OWN_SETTINGS } from '../own-settings.ts';
import { createRandom } from '../random.ts';
import { runScripted } from '../run-schedule.ts';
import type { Schedule, Stimulus } from '../schedule.ts';
import { firstState } from '../workload/population.ts';

const MINUTE = 60_000;

export interface OutageFigures {
  readonly findings: number;
  /** After the outage began; null: SQS gave nothing up. */
  readonly firstLetterMinutes: number | null;
  readonly letters: number;
  readonly drainedMinutes: number;
  /** Findings of which, after a redrive, something was left to do. */
  readonly undone: number;
}

/** One outage of Security Hub, whole, while findings keep coming: the stack's own settings and no other fault. */
export async function playOutage(hours: number): Promise<OutageFigures> {
  const random = createRandom(1).fork('outage');
  const beginMs = 5 * MINUTE;
  const endMs = beginMs + hours * 60 * MINUTE;
  const findings = 30 * hours;
  const stimuli: readonly Stimulus[] = Array.from({ length: findings }, (_, n) => ({
    kind: 'import',
    atMs: beginMs + Math.round((n / findings) * (endMs - beginMs)),
    states: [{ n, state: { ...firstState(n, random), compliance: null } }],
  }));
  const schedule: Schedule = {
    seed: 1,
    readings: {
      ...{ maps: 'replace', emitNoOp: true, throttledAs: 'TooManyRequestsException', throttledStatus: 429 },
      eventSourceBacksOff: false,
    },
    settings: {
      ...OWN_SETTINGS,
      ...{ mode: 'enforce', suppressionsPerHour: null },
    },
    ruleset: 1,
    faults: { kind: 'given', strikes: {} },
    stimuli,
    spells: [{ kind: 'outage', fromMs: beginMs, toMs: endMs }],
    ...{ endMs, replaysAll: false, readsLogs: false },
  };
  const { breaches, firstGivenUpMs, givenUp, calmMs } = await runScripted(schedule);
  return {
    findings,
    firstLetterMinutes: firstGivenUpMs === null ? null : Math.round((firstGivenUpMs - beginMs) / MINUTE),
    letters: givenUp,
    drainedMinutes: calmMs === null ? Number.NaN : Math.round((calmMs - endMs) / MINUTE),
    undone: breaches.length,
  };
}

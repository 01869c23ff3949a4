import type { FaultKind } from '../faults/catalogue.ts';
import { type LeftOut, type Outcome, runSchedule } from '../run-schedule.ts';

/** The smallest that was found of a failing schedule. */
export interface Shrunk {
  readonly leftOut: LeftOut;
  readonly outcome: Outcome;
  readonly attempts: number;
}

/**
 * Leaves out of a failing schedule what it fails without: stimuli, then faults, in halves, quarters and so on down to
 * single ones, as long as the same invariant breaks, and once more from the start where that made it smaller. Bounded
 * in attempts, for each is a whole schedule.
 */
export async function shrink(
  seed: number,
  only: readonly FaultKind[] | null,
  mostAttempts = 400,
): Promise<Shrunk | null> {
  const whole = await runSchedule(seed, { only });
  const broken = whole.breaches[0]?.invariant;
  if (broken === undefined) return null;
  let attempts = 0;
  let best: { leftOut: LeftOut; outcome: Outcome } = {
    leftOut: { stimuli: new Set(), faults: new Set() },
    outcome: whole,
  };

  const attempt = async (leftOut: LeftOut): Promise<boolean> => {
    attempts += 1;
    const outcome = await runSchedule(seed, { only, leftOut });
    const fails = outcome.breaches[0]?.invariant === broken;
    if (fails) best = { leftOut, outcome };
    return fails;
  };
  const reduce = async (
    numbers: readonly number[],
    withMore: (more: readonly number[]) => LeftOut,
  ): Promise<boolean> => {
    let kept = numbers;
    for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
      for (let at = 0; at < kept.length && attempts < mostAttempts; ) {
        const portion = kept.slice(at, at + size);
        if (await attempt(withMore(portion))) kept = [...kept.slice(0, at), ...kept.slice(at + size)];
        else at += size;
      }
    return kept.length < numbers.length;
  };
  const reduceStimuli = (): Promise<boolean> =>
    reduce(numbersTo(whole.stimuli, 0, best.leftOut.stimuli), (more) => ({
      ...best.leftOut,
      stimuli: new Set([...best.leftOut.stimuli, ...more]),
    }));
  const reduceFaults = (): Promise<boolean> =>
    reduce(numbersTo(best.outcome.numberedFaults, 1, best.leftOut.faults), (more) => ({
      ...best.leftOut,
      faults: new Set([...best.leftOut.faults, ...more]),
    }));
  // What a stimulus was needed for may be a fault that is gone by now.
  while ([await reduceStimuli(), await reduceFaults()].includes(true));
  const outcome = await runSchedule(seed, { only, leftOut: best.leftOut, keepLines: true });
  return { leftOut: best.leftOut, outcome, attempts };
}

function numbersTo(count: number, first: number, without: ReadonlySet<number>): readonly number[] {
  return Array.from({ length: count }, (_, at) => at + first).filter((number) => !without.has(number));
}

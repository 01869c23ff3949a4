import { shrink } from '../campaign/shrink.ts';
import { type LeftOut, type Outcome, runSchedule } from '../run-schedule.ts';

/** What shrinking made of a schedule that fails. */
export interface ShrunkReport {
  readonly seed: number;
  readonly whole: Size;
  readonly shrunk: Size;
  readonly attempts: number;
  /** The printed replay: the same seed, and what is left out. */
  readonly replayed: Size;
}

interface Size {
  readonly stimuli: number;
  readonly faults: number;
  readonly invariant: string | null;
  readonly trace: string;
}

/** Shrinks the first failing schedule in the code that stands beside this file. Arguments: the first seed, attempts. */
const [first = 1, attempts = 100] = process.argv.slice(2).map(Number);
let seed = first;
let whole = await runSchedule(seed);
// One with hardly anything in it shows nothing.
while (whole.breaches.length === 0 || whole.stimuli < 8) {
  seed += 1;
  whole = await runSchedule(seed);
}
const found = await shrink(seed, null, attempts);
if (found === null) throw new Error(`Seed ${seed} does not fail twice.`);
const { leftOut, outcome } = found;
const report: ShrunkReport = {
  seed,
  whole: sizeOf(whole, null),
  shrunk: sizeOf(outcome, leftOut),
  attempts: found.attempts,
  replayed: sizeOf(await runSchedule(seed, { leftOut }), leftOut),
};
console.log(JSON.stringify(report));

function sizeOf({ stimuli, faults, breaches, hash }: Outcome, leftOut: LeftOut | null): Size {
  return {
    stimuli: stimuli - (leftOut?.stimuli.size ?? 0),
    faults: Object.values(faults).reduce((sum, times) => sum + times, 0),
    invariant: breaches[0]?.invariant ?? null,
    trace: hash,
  };
}

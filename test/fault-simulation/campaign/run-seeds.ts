import type { FaultKind } from '../faults/catalogue.ts';
import { runSchedule } from '../run-schedule.ts';
import { count, newTally, type Tally } from './tally.ts';

/** Seeds one after the other: `first`, `first + step`, … */
export interface Seeds {
  readonly first: number;
  readonly count: number;
  readonly step: number;
}

/** One schedule in so many is run a second time, to see that it takes the same course. */
const RUN_TWICE = 50;

/** Runs schedules in this thread. `until` may end it early; it is asked after each. */
export async function runSeeds(
  seeds: Seeds,
  only: readonly FaultKind[] | null,
  until: (tally: Tally) => boolean = () => false,
): Promise<Tally> {
  const tally = newTally();
  for (let at = 0; at < seeds.count && !until(tally); at += 1) {
    const seed = seeds.first + at * seeds.step;
    const outcome = await runSchedule(seed, { only });
    count(tally, outcome);
    if (seed % RUN_TWICE === 0) {
      const again = await runSchedule(seed, { only });
      tally.checks.I14 = (tally.checks.I14 ?? 0) + 1;
      const says = 'The same seed takes the same course, to the bit.';
      const message = `trace ${outcome.hash} became ${again.hash}`;
      if (again.hash !== outcome.hash)
        tally.failures.push({ seed, breach: { invariant: 'I14', says, message, atMs: 0 } });
    }
  }
  return tally;
}

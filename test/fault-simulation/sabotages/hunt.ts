import { runSeeds } from '../campaign/run-seeds.ts';
import type { Failure } from '../campaign/tally.ts';

/** What a hunt from one seed came to; null where nothing was found in as many schedules as it had. */
export interface Hunt {
  readonly schedules: number | null;
  readonly invariant: string | null;
  /** Invariants that broke before, and are not there to see this bug. */
  readonly others: readonly string[];
}

/**
 * Hunts in the code that stands beside this file: a copy with a bug in it. Arguments: the invariants that may find it,
 * schedules, then seeds.
 */
const [finders = '', ...numbers] = process.argv.slice(2);
const [limit = 1, ...seeds] = numbers.map(Number);
const isFinder = ({ breach }: Failure): boolean => finders.split(',').includes(breach.invariant);
const hunts: Hunt[] = [];
// Logger and clients look at the environment with each call, and Node's own object is slow to read.
process.env = { ...process.env };
for (const first of seeds) {
  const seedsOfHunt = { first, count: limit, step: 1 };
  const { schedules, failures } = await runSeeds(seedsOfHunt, null, ({ failures }) =>
    failures.some(isFinder),
  );
  const found = failures.find(isFinder);
  const others = failures.filter((one) => !isFinder(one)).map(({ breach }) => breach.invariant);
  hunts.push({
    schedules: found === undefined ? null : schedules,
    invariant: found?.breach.invariant ?? null,
    others: [...new Set(others)],
  });
}
console.log(JSON.stringify(hunts));

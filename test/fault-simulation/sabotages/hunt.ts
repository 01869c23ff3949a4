import { runSeeds } from '../campaign/run-seeds.ts';

/** What a hunt from one seed came to; null where nothing was found in as many schedules as it had. */
export interface Hunt {
  readonly schedules: number | null;
  readonly invariant: string | null;
}

/** Hunts in the code that stands beside this file: a copy with a bug in it. Arguments: schedules, then seeds. */
const [limit = 1, ...seeds] = process.argv.slice(2).map(Number);
const hunts: Hunt[] = [];
// Logger and clients look at the environment with each call, and Node's own object is slow to read.
process.env = { ...process.env };
for (const first of seeds) {
  const seedsOfHunt = { first, count: limit, step: 1 };
  const { schedules, failures } = await runSeeds(seedsOfHunt, null, (tally) => tally.failures.length > 0);
  const [found] = failures;
  hunts.push(
    found === undefined
      ? { schedules: null, invariant: null }
      : { schedules, invariant: found.breach.invariant },
  );
}
console.log(JSON.stringify(hunts));

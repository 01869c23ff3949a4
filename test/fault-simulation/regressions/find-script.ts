import { shrink } from '../campaign/shrink.ts';
import type { FaultKind } from '../faults/catalogue.ts';
import { runSchedule } from '../run-schedule.ts';
import { scriptOf } from './script.ts';

/**
 * Seeks, in the code that stands beside this file, the first seed that breaches an invariant, and prints its shrunk
 * schedule as a script; null where there is none. Arguments: the invariant, the first seed, how many, the only faults.
 */
const [invariant = '', first = '1', count = '1', faults = ''] = process.argv.slice(2);
const only = faults === '' ? null : (faults.split(',') as FaultKind[]);
process.env = { ...process.env };
console.log(JSON.stringify(await findScript()));

async function findScript(): Promise<object | null> {
  for (let seed = Number(first); seed < Number(first) + Number(count); seed += 1) {
    const { breaches } = await runSchedule(seed, { only });
    if (breaches[0]?.invariant !== invariant) continue;
    const shrunk = await shrink(seed, only);
    if (shrunk !== null) return scriptOf(shrunk.outcome, only, shrunk.leftOut);
  }
  return null;
}

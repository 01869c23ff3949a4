import { parentPort, workerData } from 'node:worker_threads';
import type { FaultKind } from '../faults/catalogue.ts';
import { runSeeds, type Seeds } from './run-seeds.ts';

/** A thread of a campaign: takes its seeds in portions, so that progress can be told. */
const { seeds, only, endMs } = workerData as {
  readonly seeds: Seeds;
  readonly only: readonly FaultKind[] | null;
  readonly endMs: number;
};
const PORTION = 100;

// Logger and clients look at the environment with each call, and Node's own object is slow to read.
process.env = { ...process.env };

for (let done = 0; done < seeds.count && Date.now() < endMs; done += PORTION) {
  const count = Math.min(PORTION, seeds.count - done);
  const tally = await runSeeds({ ...seeds, first: seeds.first + done * seeds.step, count }, only);
  parentPort?.postMessage(tally);
}

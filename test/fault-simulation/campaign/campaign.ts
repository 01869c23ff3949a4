import { Worker } from 'node:worker_threads';
import type { FaultKind } from '../faults/catalogue.ts';
import { merge, newTally, type Tally } from './tally.ts';

export interface Campaign {
  readonly schedules: number;
  /** Of the first schedule; the others follow. */
  readonly seed: number;
  readonly only: readonly FaultKind[] | null;
  readonly threads: number;
  /** Nothing more is begun after so many minutes; infinite unless given. */
  readonly minutes?: number;
  readonly onProgress?: (tally: Tally) => void;
}

/** Runs many schedules, each thread every so-manieth seed. The sums do not depend on the number of threads. */
export async function runCampaign(campaign: Campaign): Promise<Tally> {
  const { schedules, seed, only, threads, minutes = Number.POSITIVE_INFINITY, onProgress } = campaign;
  const endMs = Date.now() + minutes * 60_000;
  const tally = newTally();
  const runThread = (thread: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const count = Math.floor((schedules - thread + threads - 1) / threads);
      const seeds = { first: seed + thread, count, step: threads };
      const worker = new Worker(new URL('./worker.ts', import.meta.url), {
        workerData: { seeds, only, endMs },
        // Nearly all that a schedule makes dies with it: with room for some of them, less is moved about.
        resourceLimits: { maxYoungGenerationSizeMb: 128 },
      });
      worker.on('message', (part: Tally) => {
        merge(tally, part);
        onProgress?.(tally);
      });
      worker.once('error', reject);
      worker.once('exit', (code) =>
        code === 0 ? resolve() : reject(new Error(`A thread ended with ${code}.`)),
      );
    });
  await Promise.all(Array.from({ length: Math.min(threads, schedules) }, (_, thread) => runThread(thread)));
  return tally;
}

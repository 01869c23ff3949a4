import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { codeFile } from '../../package/package-root.ts';
import { createDecider, type DecidedBlock, type DecidingSettings } from '../decide/decide-block.ts';
import type { Block } from '../read/block.ts';

/** Who decides blocks: this thread, or others beside it. */
export interface Crew {
  /** Blocks that may be on their way at once. */
  readonly width: number;
  readonly decide: (block: Block) => Promise<DecidedByOne>;
  readonly dismiss: () => Promise<void>;
}

export interface DecidedByOne {
  readonly block: DecidedBlock;
  /** Who decided it. */
  readonly decider: number;
}

const BODY = pathToFileURL(codeFile('lib/simulation/run/worker'));

/** Hires as many threads as asked for, to run `body`; with one, this thread does it itself. */
export function hireCrew(settings: DecidingSettings, workers: number, body = BODY): Crew {
  return workers <= 1 ? alone(settings) : inThreads(settings, workers, body);
}

function alone(settings: DecidingSettings): Crew {
  const decider = createDecider(settings);
  return {
    width: 1,
    decide: async (block) => ({ block: await decider.decideBlock(block), decider: 0 }),
    dismiss: async () => {},
  };
}

/** Each thread gets its next block while it works on one; reading is then never what it waits for. */
const BLOCKS_EACH = 2;

interface Thread {
  readonly worker: Worker;
  /** Who waits for an answer, the longest first: answers come in the order of the questions. */
  readonly waiting: PromiseWithResolvers<DecidedBlock>[];
  /** Why it will answer no more; null while it may. */
  readonly failure: () => Error | null;
}

function inThreads(settings: DecidingSettings, workers: number, body: URL): Crew {
  const threads = Array.from({ length: workers }, () => startThread(settings, body));
  return {
    width: workers * BLOCKS_EACH,
    async decide(block) {
      const least = Math.min(...threads.map(({ waiting }) => waiting.length));
      const decider = threads.findIndex(({ waiting }) => waiting.length === least);
      const { worker, waiting, failure } = threads[decider] as Thread;
      const dead = failure();
      if (dead !== null) throw dead;
      const answer = Promise.withResolvers<DecidedBlock>();
      waiting.push(answer);
      worker.postMessage(block, [block.bytes.buffer as ArrayBuffer]);
      return { block: await answer.promise, decider };
    },
    async dismiss() {
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
    },
  };
}

/**
 * A thread's garbage of one block fits in it several times. Node would take as much as the machine allows, and every
 * thread keep it: measured, 60 MB more of two threads over 500 MB of findings, and no time gained.
 */
const YOUNG_MB = 48;

function startThread(settings: DecidingSettings, body: URL): Thread {
  const worker = new Worker(body, {
    workerData: settings,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  const waiting: PromiseWithResolvers<DecidedBlock>[] = [];
  let failure: Error | null = null;
  const fail = (error: Error) => {
    failure ??= error;
    for (const { reject } of waiting.splice(0)) reject(failure);
  };
  worker.on('message', (answer: DecidedBlock) => waiting.shift()?.resolve(answer));
  worker.on('messageerror', fail);
  worker.on('error', fail);
  worker.on('exit', (code) => fail(new Error(`A thread that decides findings ended, with code ${code}.`)));
  return { worker, waiting, failure: () => failure };
}

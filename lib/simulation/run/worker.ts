import { parentPort, workerData } from 'node:worker_threads';
import { createDecider, type DecidingSettings } from '../decide/decide-block.ts';
import type { Block } from '../read/block.ts';

// The body of a thread: blocks come in, decided blocks go out, one after the other.
const decider = createDecider(workerData as DecidingSettings);
let last: Promise<void> = Promise.resolve();
parentPort?.on('message', (block: Block) => {
  // The engine is not to be run on two findings at once.
  last = last.then(async () => {
    parentPort?.postMessage(await decider.decideBlock(block));
  });
});

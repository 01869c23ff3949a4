import type { Input } from './input.ts';
import type { QueueService } from './queue-service.ts';
import { isRefusal, type Refusal } from './refusal.ts';

/** Messages also become visible by time alone, on a clock that is not ours: so look again this often. */
const LOOK_AGAIN_MS = 20;

/** Repeats a receive until it yields messages or a refusal, the wait is over, or nobody listens any more. */
export async function waitForMessages(
  service: QueueService,
  attempt: () => Input | Refusal,
  waitMs: number,
  isAbandoned: () => boolean,
): Promise<Input | Refusal> {
  const deadlineMs = performance.now() + waitMs;
  let result = attempt();
  while (!isRefusal(result) && result.Messages === undefined && !isAbandoned()) {
    const leftMs = deadlineMs - performance.now();
    if (leftMs <= 0) break;
    await nextChange(service, Math.min(leftMs, LOOK_AGAIN_MS));
    if (!isAbandoned()) result = attempt();
  }
  return result;
}

function nextChange(service: QueueService, mostMs: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      unsubscribe();
      resolve();
    };
    const timer = setTimeout(done, mostMs);
    const unsubscribe = service.subscribe(({ kind }) => {
      if (['sent', 'returned', 'deadLettered', 'redriven'].includes(kind)) done();
    });
  });
}

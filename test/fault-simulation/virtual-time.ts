import { setImmediate as turn } from 'node:timers/promises';
import FakeTimers from '@sinonjs/fake-timers';
import type { Random } from './random.ts';

/** Time that passes only when nothing is left to do. */
export interface VirtualTime {
  readonly nowMs: () => number;
  /** Runs `act` so many milliseconds from now. */
  readonly after: (delayMs: number, act: () => void) => void;
  readonly sleep: (durationMs: number) => Promise<void>;
  /** Lets timers run, one by one, until `isOver` or until so much time has passed; returns whether it is over. */
  readonly run: (durationMs: number, isOver: () => boolean) => Promise<boolean>;
  readonly uninstall: () => void;
}

/**
 * Puts the process under virtual time and chance: timers, Date, AbortSignal.timeout and Math.random are the
 * schedule's until `uninstall`. Between two timers everything that promises have set off runs to its end, so the
 * order of all that happens depends on the seed alone.
 */
export function installVirtualTime(startMs: number, random: Random): VirtualTime {
  const clock = FakeTimers.install({
    now: startMs,
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
  });
  const [timeout, chance] = [AbortSignal.timeout, Math.random];
  AbortSignal.timeout = abortAfter;
  Math.random = random.next;
  const after = (delayMs: number, act: () => void): void => {
    setTimeout(act, Math.max(0, Math.round(delayMs)));
  };
  return {
    nowMs: () => clock.now,
    after,
    sleep: (durationMs) => new Promise((resolve) => after(durationMs, resolve)),
    async run(durationMs, isOver) {
      let late = false;
      const end = setTimeout(() => {
        late = true;
      }, durationMs);
      for (;;) {
        await turn();
        if (late || isOver()) break;
        clock.next();
      }
      clearTimeout(end);
      return isOver();
    },
    uninstall: () => {
      clock.uninstall();
      AbortSignal.timeout = timeout;
      Math.random = chance;
    },
  };
}

/** One for all: nobody looks at its stack, and most signals end after what they were to end. */
const TIMED_OUT = new DOMException('The operation timed out.', 'TimeoutError');

/** AbortSignal.timeout waits on a timer of Node's own, which nothing replaces. */
function abortAfter(delayMs: number): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(TIMED_OUT), delayMs);
  return controller.signal;
}

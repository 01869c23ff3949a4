import { setTimeout as sleep } from 'node:timers/promises';

/** The time queues and event sources live by. */
export interface AccountClock {
  /** Milliseconds since the epoch; never runs backwards. */
  readonly now: () => number;
  /** Real milliseconds for each of the account's that is only waited through. */
  readonly timeScale: number;
  /** Marks the start of work; call what it returns when the work is over. */
  readonly work: () => () => void;
  /** Waits for so many real milliseconds; unless something works meanwhile, more time passes in the account. */
  readonly rest: (realMs: number) => Promise<void>;
}

/**
 * A clock that keeps pace with the wall's, and leaps ahead where the account does nothing but wait: a rest of 2 ms
 * at a time scale of 0.001 is two seconds. So a batching window or a visibility timeout passes quickly, but never
 * during an invocation or while this process is busy, where messages would appear twice that in the cloud would not.
 */
export function createAccountClock(timeScale: number, realNow: () => number = Date.now): AccountClock {
  let working = 0;
  let leaptMs = 0;
  let latestMs = Number.NEGATIVE_INFINITY;
  return {
    now() {
      latestMs = Math.max(latestMs, Math.floor(realNow() + leaptMs));
      return latestMs;
    },
    timeScale,
    work() {
      working += 1;
      let over = false;
      return () => {
        working -= over ? 0 : 1;
        over = true;
      };
    },
    async rest(realMs) {
      const wasWorking = working > 0;
      await sleep(realMs);
      leaptMs += wasWorking || working > 0 ? 0 : realMs / timeScale - realMs;
    },
  };
}

import { setTimeout as sleep } from 'node:timers/promises';

/** Time and chance, in one place: everything that waits or jitters takes it, so that tests can say what time it is. */
export interface Clock {
  /** Milliseconds since the epoch. */
  nowMs(): number;
  sleep(durationMs: number): Promise<void>;
  /** At least 0, less than 1. */
  random(): number;
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  sleep: (durationMs) => sleep(durationMs),
  random: () => Math.random(),
};

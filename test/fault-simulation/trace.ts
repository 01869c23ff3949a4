import { hash } from 'node:crypto';

/** All that happened in a schedule, in order: equal hashes mean equal runs. */
export interface Trace {
  readonly note: (nowMs: number, what: string) => void;
  readonly hash: () => string;
  /** All lines, where they are kept. */
  readonly lines: () => readonly string[];
}

/** The hash takes in every line; the lines themselves are handed out where somebody is to read them. */
export function createTrace(startMs: number, keep: boolean): Trace {
  const lines: string[] = [];
  return {
    note(nowMs, what) {
      lines.push(`${((nowMs - startMs) / 1000).toFixed(3).padStart(10)} s  ${what}`);
    },
    hash: () => hash('sha256', lines.join('\n'), 'hex'),
    lines: () => (keep ? lines : []),
  };
}

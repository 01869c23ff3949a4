import { closeSync, createReadStream, openSync, renameSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Tally } from '../tally/tally.ts';

/** The file of `--decisions`: one line a finding, in input order. */
export interface DecisionsFile {
  readonly write: (lines: readonly string[]) => void;
  /** Leaves the line of each finding's newest state. */
  readonly close: (tally: Tally) => Promise<void>;
}

const FLUSHED_LINES = 2_000;

/**
 * Opens the file; throws as the file system does. Lines are written as findings are decided. Only where some were
 * replaced by newer states is the file gone through a second time, beside itself (`<path>.part`).
 */
export function openDecisions(path: string): DecisionsFile {
  const file = openSync(path, 'w');
  return {
    write: (lines) => writeLines(file, lines),
    async close(tally) {
      closeSync(file);
      if (tally.superseded() === 0) return;
      const part = `${path}.part`;
      const kept = openSync(part, 'w');
      const waiting: string[] = [];
      let snapshot = 0;
      for await (const line of createInterface({
        input: createReadStream(path),
        crlfDelay: Number.POSITIVE_INFINITY,
      })) {
        if (tally.isNewest(snapshot)) waiting.push(line);
        snapshot += 1;
        if (waiting.length >= FLUSHED_LINES) writeLines(kept, waiting.splice(0));
      }
      writeLines(kept, waiting);
      closeSync(kept);
      renameSync(part, path);
    },
  };
}

/** In full: one call may write less than it was given. */
function writeLines(file: number, lines: readonly string[]): void {
  if (lines.length === 0) return;
  let bytes = Buffer.from(`${lines.join('\n')}\n`);
  while (bytes.length > 0) bytes = bytes.subarray(writeSync(file, bytes));
}

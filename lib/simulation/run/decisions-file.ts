import {
  closeSync,
  createReadStream,
  createWriteStream,
  mkdtempSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import type { Tally } from '../tally/tally.ts';

/** The file of `--decisions`: one line a finding, in input order. */
export interface DecisionsFile {
  readonly write: (lines: readonly string[]) => void;
  /** Leaves the line of each finding's newest state; only now is there anything at the path. */
  readonly close: (tally: Tally) => Promise<void>;
  /** Leaves nothing, and what was at the path as it was. */
  readonly abandon: () => void;
}

const FLUSHED_LINES = 2_000;

/** Files that stand beside the path while its lines are written. */
export function besideDecisions(path: string): readonly [part: string, next: string] {
  return [`${path}.part`, `${path}.next`];
}

/**
 * Opens the file; throws as the file system does. Lines are written as findings are decided, to `<path>.part`, which
 * becomes the file when all is there. Only where some were replaced by newer states is it gone through a second time,
 * to `<path>.next`. A device or pipe gets its lines at the end.
 */
export function openDecisions(path: string): DecisionsFile {
  const there = statSync(path, { throwIfNoEntry: false });
  const isStream = there !== undefined && !there.isFile();
  const folder = isStream ? mkdtempSync(join(tmpdir(), 'triage-decisions-')) : null;
  const target = there === undefined || isStream ? path : realpathSync(path);
  const [part, next] = besideDecisions(folder === null ? target : join(folder, 'lines'));
  // Who may read the file that is replaced may read this one.
  const file = openSync(part, 'w', isStream ? 0o600 : there?.mode);
  const remove = () => {
    for (const left of [part, next, ...(folder === null ? [] : [folder])])
      rmSync(left, { force: true, recursive: true });
  };
  const finish = async (tally: Tally) => {
    if (tally.superseded() > 0) {
      await keepNewest(part, next, tally);
      renameSync(next, part);
    }
    if (isStream) await pipeline(createReadStream(part), createWriteStream(path));
    else renameSync(part, target);
  };
  return {
    write: (lines) => writeLines(file, lines),
    async close(tally) {
      closeSync(file);
      await finish(tally).finally(remove);
    },
    abandon() {
      closeSync(file);
      remove();
    },
  };
}

async function keepNewest(from: string, to: string, tally: Tally): Promise<void> {
  const kept = openSync(to, 'w', statSync(from).mode);
  const waiting: string[] = [];
  let snapshot = 0;
  for await (const line of createInterface({
    input: createReadStream(from),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    if (tally.isNewest(snapshot)) waiting.push(line);
    snapshot += 1;
    if (waiting.length >= FLUSHED_LINES) writeLines(kept, waiting.splice(0));
  }
  writeLines(kept, waiting);
  closeSync(kept);
}

/** In full: one call may write less than it was given. */
function writeLines(file: number, lines: readonly string[]): void {
  if (lines.length === 0) return;
  let bytes = Buffer.from(`${lines.join('\n')}\n`);
  while (bytes.length > 0) bytes = bytes.subarray(writeSync(file, bytes));
}

import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { Filters } from '../findings/finding-filters.ts';

/** How far an export has come: what a later run needs to go on as if there had been no break. */
export interface Checkpoint {
  readonly version: 1;
  /** Of filters, Region and redaction asked for: another export cannot go on with this one. */
  readonly fingerprint: string;
  /** As they were sent first: a token belongs to its query. */
  readonly filters: Filters;
  /** The filters of the query that `nextToken` belongs to. */
  readonly window: Filters;
  /** Null where the next query has none, after one was refused. */
  readonly nextToken: string | null;
  readonly findings: number;
  /** What of the output is whole; more may follow of a page that was being written. */
  readonly bytes: number;
  /** The latest UpdatedAt that was read, in milliseconds since 1970. */
  readonly lastUpdatedMs: number | null;
  /** The redaction's key in hexadecimal, where it was made up for this export; gone with the checkpoint. */
  readonly key: string | null;
}

export type CheckpointReading =
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'checkpoint'; readonly checkpoint: Checkpoint };

/** Where the checkpoint of an output is. */
export function checkpointPath(output: string): string {
  return `${output}.checkpoint`;
}

export function readCheckpoint(path: string): CheckpointReading {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return { kind: (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'none' : 'unreadable' };
  }
  try {
    const checkpoint: unknown = JSON.parse(text);
    return isCheckpoint(checkpoint) ? { kind: 'checkpoint', checkpoint } : { kind: 'unreadable' };
  } catch {
    return { kind: 'unreadable' };
  }
}

/** Replaces the checkpoint in one step, so that there is always a whole one. Only its owner may read it. */
export function writeCheckpoint(path: string, checkpoint: Checkpoint): void {
  const next = `${path}.next`;
  writeFileSync(next, JSON.stringify(checkpoint), { mode: 0o600 });
  renameSync(next, path);
}

export function removeCheckpoint(path: string): void {
  rmSync(path, { force: true });
}

function isCheckpoint(value: unknown): value is Checkpoint {
  if (value === null || typeof value !== 'object') return false;
  const known: Partial<Record<keyof Checkpoint, unknown>> = value;
  return (
    known.version === 1 &&
    typeof known.fingerprint === 'string' &&
    isObject(known.filters) &&
    isObject(known.window) &&
    (known.nextToken === null || typeof known.nextToken === 'string') &&
    (known.key === null || typeof known.key === 'string') &&
    (known.lastUpdatedMs === null || typeof known.lastUpdatedMs === 'number') &&
    Number.isSafeInteger(known.findings) &&
    Number.isSafeInteger(known.bytes)
  );
}

function isObject(value: unknown): boolean {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

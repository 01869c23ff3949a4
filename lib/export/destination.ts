import { createHash, randomBytes } from 'node:crypto';
import { rmSync, statSync } from 'node:fs';
import { canonicalJson } from '../findings/canonical-json.ts';
import type { Filters } from '../findings/finding-filters.ts';
import {
  type Checkpoint,
  checkpointPath,
  readCheckpoint,
  removeCheckpoint,
  writeCheckpoint,
} from './checkpoint.ts';
import type { ExportJob, Position } from './export-findings.ts';
import { identifiersIn, openOutput } from './output-file.ts';
import { lockOutput } from './output-lock.ts';
import { createSeenFindings, type SeenFindings } from './seen-findings.ts';

/** What an export was asked for. */
export interface ExportRequest {
  /** Everything that makes another export of it: options as given, Region, and whether it redacts under which key. */
  readonly asked: unknown;
  readonly filters: Filters;
  /** The redaction's key; null to make one up. */
  readonly key: Uint8Array | null;
}

/** Where findings go, with what is there already. */
export interface Destination {
  readonly filters: Filters;
  readonly key: Uint8Array;
  readonly from: Position;
  readonly seen: SeenFindings;
  readonly keep: ExportJob['keep'];
  /** Everything is there: what would be needed to go on is removed. */
  readonly complete: () => void;
  readonly close: () => void;
}

export type OpenedDestination =
  | { readonly kind: 'open'; readonly destination: Destination }
  /** Another export writes there, or was killed: `pid` is its process, null where the lock does not say. */
  | { readonly kind: 'locked'; readonly pid: number | null }
  /** A file that no unfinished export left. */
  | { readonly kind: 'exists' }
  /** An unfinished export of something else. */
  | { readonly kind: 'another' }
  /** A checkpoint that cannot be read, or an output that is not what it says. */
  | { readonly kind: 'broken' };

const KEY_BYTES = 32;

/** An output that cannot be gone on with, such as a pipe. */
export function openStream(request: ExportRequest, keep: ExportJob['keep']): Destination {
  return {
    filters: request.filters,
    key: request.key ?? randomBytes(KEY_BYTES),
    from: startOf(request.filters),
    seen: createSeenFindings(),
    keep,
    complete: () => {},
    close: () => {},
  };
}

/**
 * Opens a file to export to, and goes on with what an interrupted run of the same export left there. A page is on disk
 * before the checkpoint counts it, and what is there beyond the checkpoint is cut off: whenever a run ends, no finding is
 * missing and none is twice. Until it is closed no other export gets the file. Throws what Node's file system throws.
 */
export async function openFile(path: string, request: ExportRequest): Promise<OpenedDestination> {
  const lock = lockOutput(path);
  if (lock.kind === 'locked') return lock;
  let isKept = false;
  try {
    const opened = await openLocked(path, request, lock.release);
    isKept = opened.kind === 'open';
    return opened;
  } finally {
    if (!isKept) lock.release();
  }
}

async function openLocked(
  path: string,
  request: ExportRequest,
  release: () => void,
): Promise<OpenedDestination> {
  const fingerprint = createHash('sha256').update(canonicalJson(request.asked)).digest('hex');
  const checkpointFile = checkpointPath(path);
  const reading = readCheckpoint(checkpointFile);
  if (reading.kind === 'unreadable') return { kind: 'broken' };
  const left = reading.kind === 'checkpoint' ? reading.checkpoint : null;
  const isOfThis = left?.fingerprint === fingerprint;
  // One that failed before its first page left nothing to spoil.
  if (left !== null && left.bytes > 0 && !isOfThis) return { kind: 'another' };
  const before = isOfThis ? left : null;
  const opened = openLeft(path, left);
  if (opened.kind !== 'open') return opened;
  const { file } = opened;
  const seen = createSeenFindings();
  if (before !== null) for await (const identifier of identifiersIn(path)) seen.add(identifier);

  const key = request.key ?? (before?.key ? Buffer.from(before.key, 'hex') : randomBytes(KEY_BYTES));
  const filters = before?.filters ?? request.filters;
  const checkpointAt = (position: Position, bytes: number): Checkpoint => ({
    version: 1,
    fingerprint,
    filters,
    ...position,
    bytes,
    key: request.key === null ? Buffer.from(key).toString('hex') : null,
  });
  const from = before === null ? startOf(filters) : positionOf(before);
  writeCheckpoint(checkpointFile, checkpointAt(from, before?.bytes ?? 0));
  return {
    kind: 'open',
    destination: {
      filters,
      key,
      from,
      seen,
      async keep(findings, position) {
        writeCheckpoint(checkpointFile, checkpointAt(position, file.append(findings)));
        return true;
      },
      complete() {
        removeCheckpoint(checkpointFile);
        // A file of nothing would only be in the way of the next attempt.
        if (statSync(path).size === 0) rmSync(path);
      },
      close() {
        file.close();
        release();
      },
    },
  };
}

/** The output as the checkpoint left it, or a new one without a checkpoint. */
function openLeft(path: string, left: Checkpoint | null) {
  try {
    const opened = openOutput(path, left?.bytes ?? null);
    return opened.kind === 'cut' ? ({ kind: 'broken' } as const) : opened;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return { kind: 'exists' } as const;
    if (code === 'ENOENT' && left !== null) return { kind: 'broken' } as const;
    throw error;
  }
}

function startOf(filters: Filters): Position {
  return { window: filters, nextToken: null, findings: 0, lastUpdatedMs: null };
}

function positionOf({ window, nextToken, findings, lastUpdatedMs }: Checkpoint): Position {
  return { window, nextToken, findings, lastUpdatedMs };
}

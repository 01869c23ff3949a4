import {
  closeSync,
  createReadStream,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  writeSync,
} from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip, gzipSync } from 'node:zlib';
import type { Finding, FindingIdentifier } from '../findings/finding.ts';
import { safeJsonLine } from '../rules/safe-json.ts';

/** A file of findings, one a line, that grows by whole pages. */
export interface OutputFile {
  /** Appends a page and makes it durable; the bytes of the file then. */
  readonly append: (findings: readonly Finding[]) => number;
  readonly close: () => void;
}

export type Opened =
  | { readonly kind: 'open'; readonly file: OutputFile }
  /** It holds less than the checkpoint says. */
  | { readonly kind: 'cut' };

/**
 * Opens an output: a new file, which must not be there (EEXIST), or what an earlier run left of one, without what follows
 * the first `bytes`. In a `.gz` each page is a member of its own, so that it too can be cut between pages; programs
 * read the members as one (RFC 1952, 2.2). Only its owner may read it. Throws what Node's file system throws.
 */
export function openOutput(path: string, bytes: number | null): Opened {
  const descriptor = openSync(path, bytes === null ? 'wx' : 'r+', 0o600);
  let size = bytes ?? 0;
  if (fstatSync(descriptor).size < size) {
    closeSync(descriptor);
    return { kind: 'cut' };
  }
  ftruncateSync(descriptor, size);
  return {
    kind: 'open',
    file: {
      append(findings) {
        const page = Buffer.from(linesOf(findings));
        const written = isGzip(path) && page.length > 0 ? gzipSync(page) : page;
        for (let at = 0; at < written.length; )
          at += writeSync(descriptor, written, at, written.length - at, size + at);
        fsyncSync(descriptor);
        size += written.length;
        return size;
      },
      close: () => closeSync(descriptor),
    },
  };
}

/** One finding a line; nothing in it acts on a terminal. */
export function linesOf(findings: readonly Finding[]): string {
  return findings.map((finding) => `${safeJsonLine(finding)}\n`).join('');
}

/** The identities in a file that an export wrote, without holding it whole. */
export async function* identifiersIn(path: string): AsyncGenerator<FindingIdentifier> {
  const file = createReadStream(path);
  const input = isGzip(path) ? file.pipe(createGunzip()) : file;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY }))
    if (line !== '') yield JSON.parse(line);
}

function isGzip(path: string): boolean {
  return path.endsWith('.gz');
}

import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Source } from './find-sources.ts';

const CHUNK_BYTES = 1024 * 1024;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * The bytes of a source, piece by piece, never all at once. Gzip is known by its first two bytes, so it may come on
 * stdin or under another name. Throws as reading and unpacking do.
 *
 * @param onRead is told of every piece as it lies on disk, for progress.
 */
export async function* readBytes(
  { path }: Source,
  onRead: (bytes: number) => void,
): AsyncGenerator<Buffer, void> {
  const stream: Readable =
    path === null ? process.stdin : createReadStream(path, { highWaterMark: CHUNK_BYTES });
  try {
    const pieces = counted(stream, onRead);
    const first = await atLeast(pieces, BYTE_ORDER_MARK.length);
    const isGzip = first[0] === 0x1f && first[1] === 0x8b;
    yield* withoutMark(isGzip ? gunzip(first, pieces) : prepend(first, pieces));
  } finally {
    stream.destroy();
  }
}

async function* counted(stream: Readable, onRead: (bytes: number) => void): AsyncGenerator<Buffer, void> {
  for await (const piece of stream) {
    onRead((piece as Buffer).length);
    yield piece as Buffer;
  }
}

/** The first bytes, as many as are needed to tell what follows; fewer where there are no more. */
async function atLeast(pieces: AsyncGenerator<Buffer, void>, bytes: number): Promise<Buffer> {
  let first = Buffer.alloc(0);
  while (first.length < bytes) {
    const { done, value } = await pieces.next();
    if (done) break;
    first = Buffer.concat([first, value]);
  }
  return first;
}

async function* prepend(first: Buffer, rest: AsyncGenerator<Buffer, void>): AsyncGenerator<Buffer, void> {
  if (first.length > 0) yield first;
  yield* rest;
}

async function* gunzip(first: Buffer, rest: AsyncGenerator<Buffer, void>): AsyncGenerator<Buffer, void> {
  const unzip = createGunzip({ chunkSize: CHUNK_BYTES });
  const feed = async () => {
    for await (const piece of prepend(first, rest)) {
      if (!unzip.write(piece)) await new Promise((resolve) => unzip.once('drain', resolve));
      if (unzip.destroyed) return;
    }
    unzip.end();
  };
  feed().catch((error: Error) => unzip.destroy(error));
  yield* unzip;
}

/** Exports from Windows start with it; JSON does not know it. */
async function* withoutMark(pieces: AsyncGenerator<Buffer, void>): AsyncGenerator<Buffer, void> {
  const first = await atLeast(pieces, BYTE_ORDER_MARK.length);
  const isMarked = first.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
  yield* prepend(isMarked ? first.subarray(BYTE_ORDER_MARK.length) : first, pieces);
}

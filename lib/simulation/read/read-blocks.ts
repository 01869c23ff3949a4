import type { Block, ReadFault } from './block.ts';
import type { Source } from './find-sources.ts';
import { readBytes } from './read-bytes.ts';
import { splitDocument } from './split-document.ts';
import { splitLines } from './split-lines.ts';

const NEWLINE = 0x0a;
/** A first line longer than this is a document in one line. */
const MOST_FIRST_LINE_BYTES = 4 * 1024 * 1024;
const NAMED_AS_LINES = /\.(?:ndjson|jsonl)(?:\.gz)?$/i;

/**
 * Reads a source in whichever form it has, as blocks of JSON texts and what cannot be read, in order. A file that
 * cannot be opened, or gzip that is broken, is a fault like a bad line: what was read before counts.
 */
export async function* readBlocks(
  source: Source,
  onRead: (bytes: number) => void,
): AsyncGenerator<Block | ReadFault, void> {
  try {
    const pieces = readBytes(source, onRead);
    const { line, read } = await firstLine(pieces);
    const all = prepend(read, pieces);
    const split = isLines(source, line) ? splitLines : splitDocument;
    yield* split(all, source.name);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    yield { kind: 'fault', place: source.name, message: `cannot be read: ${message}` };
  }
}

/** NDJSON is told by its first line, which is JSON by itself or at least looks like it, or by the file's name. */
function isLines({ name }: Source, line: string | null): boolean {
  if (NAMED_AS_LINES.test(name)) return true;
  if (line === null) return false;
  return isJson(line) || /^\s*\{.+\}\s*$/.test(line);
}

/** The first line with something in it, and all that was read on the way; null where there is no second one. */
async function firstLine(
  pieces: AsyncGenerator<Buffer, void>,
): Promise<{ readonly line: string | null; readonly read: Buffer }> {
  let read = Buffer.alloc(0);
  while (read.length < MOST_FIRST_LINE_BYTES) {
    const { done, value } = await pieces.next();
    if (done) break;
    read = Buffer.concat([read, value]);
    const begin = read.findIndex((byte) => byte > 0x20);
    const end = begin < 0 ? -1 : read.indexOf(NEWLINE, begin);
    if (end >= 0) return { line: read.toString('utf8', begin, end), read };
  }
  return { line: null, read };
}

async function* prepend(first: Buffer, rest: AsyncGenerator<Buffer, void>): AsyncGenerator<Buffer, void> {
  if (first.length > 0) yield first;
  yield* rest;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

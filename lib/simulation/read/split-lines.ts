import { BLOCK_BYTES, type Block, MOST_VALUE_BYTES, type ReadFault, TOO_LARGE } from './block.ts';

const NEWLINE = 0x0a;

/** Cuts NDJSON into blocks of whole lines, without looking into them. */
export async function* splitLines(
  pieces: AsyncIterable<Buffer>,
  source: string,
): AsyncGenerator<Block | ReadFault, void> {
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let line = 1;
  let isSkipping = false;
  for await (const piece of pieces) {
    let rest = piece;
    if (isSkipping) {
      const end = rest.indexOf(NEWLINE);
      if (end < 0) continue;
      rest = rest.subarray(end + 1);
      isSkipping = false;
      line += 1;
    }
    waiting.push(rest);
    waitingBytes += rest.length;
    const last = rest.lastIndexOf(NEWLINE);
    if (waitingBytes < BLOCK_BYTES) continue;
    if (last >= 0) {
      const bytes = Buffer.concat(waiting);
      const cut = waitingBytes - (rest.length - last - 1);
      const block = blockOf(bytes.subarray(0, cut), source, line);
      yield block;
      line += block.ends.length;
      waiting = [bytes.subarray(cut)];
      waitingBytes -= cut;
    } else if (waitingBytes > MOST_VALUE_BYTES) {
      const bytes = Buffer.concat(waiting);
      const start = bytes.lastIndexOf(NEWLINE) + 1;
      const block = blockOf(bytes.subarray(0, start), source, line);
      yield block;
      line += block.ends.length;
      yield { kind: 'fault', place: `${source}:${line}`, message: TOO_LARGE };
      waiting = [];
      waitingBytes = 0;
      isSkipping = true;
    }
  }
  if (waitingBytes > 0) yield blockOf(Buffer.concat(waiting), source, line);
}

/** The bytes are copied, so that they can be handed to another thread for good. */
function blockOf(lines: Buffer, source: string, first: number): Block {
  const ends: number[] = [];
  for (let at = lines.indexOf(NEWLINE); at >= 0; at = lines.indexOf(NEWLINE, at + 1)) ends.push(at + 1);
  if (lines.length > (ends.at(-1) ?? 0)) ends.push(lines.length);
  return { kind: 'block', source, bytes: new Uint8Array(lines), ends, first, unit: 'line' };
}

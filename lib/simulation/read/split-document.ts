import { BLOCK_BYTES, type Block, type ReadFault } from './block.ts';
import { createDocumentScanner } from './document-scanner.ts';

/** Cuts a JSON document, or several in a row, into blocks of the values in it; no more than a block is held. */
export async function* splitDocument(
  pieces: AsyncIterable<Buffer>,
  source: string,
): AsyncGenerator<Block | ReadFault, void> {
  const scanner = createDocumentScanner();
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let index = 0;
  const takeBlock = (): Block => {
    const ends: number[] = [];
    for (const { length } of waiting) ends.push((ends.at(-1) ?? 0) + length);
    // Copied, for the pieces are let go of and the block may go to another thread.
    const bytes = new Uint8Array(Buffer.concat(waiting));
    const block: Block = { kind: 'block', source, bytes, ends, first: index, unit: 'index' };
    index += waiting.length;
    waiting = [];
    waitingBytes = 0;
    return block;
  };
  const faultAt = (message: string): ReadFault => ({
    kind: 'fault',
    place: index === 0 ? source : `${source}[${index}]`,
    message,
  });
  for await (const piece of pieces) {
    const { texts, fault } = scanner.scan(piece);
    for (const text of texts) {
      waiting.push(text);
      waitingBytes += text.length;
      if (waitingBytes >= BLOCK_BYTES) yield takeBlock();
    }
    if (fault !== null) {
      if (waiting.length > 0) yield takeBlock();
      yield faultAt(fault);
      return;
    }
  }
  if (waiting.length > 0) yield takeBlock();
  const fault = scanner.end();
  if (fault !== null) yield faultAt(fault);
}

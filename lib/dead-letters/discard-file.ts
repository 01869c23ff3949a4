import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import type { ReceivedLetter } from './received-letter.ts';

/** Where discarded letters are kept, one a line. */
export interface DiscardFile {
  /** Writes letters and makes them durable; only then may they be deleted. Throws what Node's file system throws. */
  readonly keep: (letters: readonly ReceivedLetter[]) => void;
  readonly close: () => void;
}

/** Opens a file to add to: a discard that broke off goes on in the same one. Only its owner may read it. */
export function openDiscardFile(path: string): DiscardFile {
  const descriptor = openSync(path, 'a', 0o600);
  return {
    keep(letters) {
      const bytes = Buffer.from(letters.map((letter) => `${JSON.stringify(savedLetter(letter))}\n`).join(''));
      for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
      fsyncSync(descriptor);
    },
    close: () => closeSync(descriptor),
  };
}

/** A letter as files hold it: the members that `npm start -- --out` writes, and what the queue knows of it. */
export function savedLetter({ kind, messageId, body, attributes, sentAtMs, movedBySqs }: ReceivedLetter) {
  return {
    queue: kind,
    messageId,
    sentAt: sentAtMs === null ? null : new Date(sentAtMs).toISOString(),
    movedBySqs,
    body: parsed(body),
    attributes,
  };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

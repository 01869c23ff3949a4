import type { LetterQueue } from './account/letter-queue.ts';
import { type Letter, readLetter } from './letter.ts';
import { takeLetters } from './take-letters.ts';

/** Long enough to look through a queue; a command that is killed leaves letters out of sight for no longer. */
const HIDDEN_SECONDS = 120;
const LETTERS_AT_ONCE = 100;

/** Looks at up to `limit` letters and gives all of them back: their receive counts grow by one, and nothing else. */
export async function lookAtLetters(
  queue: LetterQueue,
  limit: number,
  stop: AbortSignal,
  onProgress: (looked: number) => void,
): Promise<readonly Letter[]> {
  const taker = takeLetters(queue, HIDDEN_SECONDS);
  const letters: Letter[] = [];
  try {
    while (letters.length < limit && !stop.aborted) {
      const held = await taker.next(Math.min(LETTERS_AT_ONCE, limit - letters.length));
      if (held.length === 0) break;
      letters.push(...held.map(({ letter }) => readLetter(letter)));
      onProgress(letters.length);
    }
    return letters;
  } finally {
    await taker.giveBack();
  }
}

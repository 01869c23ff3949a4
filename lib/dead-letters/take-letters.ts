import type { HeldLetter, LetterQueue } from './account/letter-queue.ts';

/** Letters of one queue, taken one bunch after the other and held until they are given back. */
export interface LetterTaker {
  /** The next letters, each once, at most `most`; none once the queue has no others. */
  readonly next: (most: number) => Promise<readonly HeldLetter[]>;
  /** The handle that a letter was last received with: it may have come again meanwhile. */
  readonly handleOf: (messageId: string) => string;
  /** The letter is not to be given back: it was removed. */
  readonly forget: (messageId: string) => void;
  /** Makes all that were taken and not forgotten visible again. */
  readonly giveBack: () => Promise<void>;
}

/** SQS samples its servers, so one empty reply is not yet the end. */
const EMPTY_REPLIES_TO_END = 2;

/**
 * Takes letters out of sight as they come, so that none comes twice for as long as the work takes. One that comes again
 * all the same (its time was up, or SQS delivered it twice) is taken with its new handle and not told again. Where as
 * many came again as are known, with no other between them, there are no others.
 */
export function takeLetters(queue: LetterQueue, hiddenForSeconds: number): LetterTaker {
  const handles = new Map<string, string>();
  const known = new Set<string>();
  const waiting: HeldLetter[] = [];
  let isAtEnd = false;
  return {
    async next(most) {
      for (let [empty, again] = [0, 0]; waiting.length < most && !isAtEnd; ) {
        const held = await queue.receive(hiddenForSeconds);
        const fresh = held.filter(({ letter }) => !known.has(letter.messageId));
        for (const { letter, handle } of held) {
          handles.set(letter.messageId, handle);
          known.add(letter.messageId);
        }
        waiting.push(...fresh);
        empty = held.length === 0 ? empty + 1 : 0;
        again = fresh.length > 0 ? 0 : again + held.length;
        isAtEnd = empty >= EMPTY_REPLIES_TO_END || again > known.size;
        // A handful now is better than waiting for more while these are hidden.
        if (held.length === 0 && waiting.length > 0) break;
      }
      return waiting.splice(0, most);
    },
    handleOf: (messageId) => handles.get(messageId) ?? '',
    forget: (messageId) => handles.delete(messageId),
    async giveBack() {
      const all = [...handles.values()];
      handles.clear();
      await queue.giveBack(all);
    },
  };
}

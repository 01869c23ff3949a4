import { distance } from 'fastest-levenshtein';

/**
 * Picks what an author most likely meant: the candidates nearest to the word by edit distance, ignoring case,
 * none when all are too far to be a slip. Nearest first, equal ones by code unit, at most `limit`.
 */
export function nearest(word: string, candidates: Iterable<string>, limit = 3): readonly string[] {
  const lower = word.slice(0, 256).toLowerCase();
  // Two letters swapped count as two edits, so even a short word may be two away.
  const furthest = lower.length < 4 ? 1 : Math.max(2, Math.floor(lower.length / 3));
  return [...new Set(candidates)]
    .filter((text) => text !== word && Math.abs(text.length - lower.length) <= furthest)
    .map((text) => ({ text, away: distance(lower, text.toLowerCase()) }))
    .filter(({ away }) => away <= furthest)
    .sort((a, b) => a.away - b.away || (a.text < b.text ? -1 : 1))
    .slice(0, limit)
    .map(({ text }) => text);
}

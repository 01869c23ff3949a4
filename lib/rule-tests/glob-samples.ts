/** A text that a pattern of a row matches: `*` stands for some characters, and then `?` for one. */
export function sampleOf(pattern: string): string {
  if (!pattern.includes('*')) return pattern;
  return pattern.replaceAll('*', 'example').replaceAll('?', 'x');
}

/**
 * The first candidate that none of the patterns matches; undefined where they let everything through. A text without
 * one of the characters that a pattern spells out is not matched by it, so no pattern has to be run.
 */
export function outsideOf(patterns: readonly string[], candidates: readonly string[]): string | undefined {
  const isOutside = (text: string) =>
    patterns.every((pattern) =>
      pattern.includes('*') || pattern.includes('?')
        ? [...pattern].some((character) => !'*?'.includes(character) && !text.includes(character))
        : pattern !== text,
    );
  return candidates.find(isOutside);
}

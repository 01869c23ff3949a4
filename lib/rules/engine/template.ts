/**
 * What cannot be shown on one line or would change how it reads: controls, line separators, halves of surrogate pairs,
 * and all format characters, for bidi, zero-width and tag characters hide text from a reader but not from a program.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\uFFFE\uFFFF]/gu;
const PLACE = /\{\{\s*([^{}]+?)\s*\}\}/g;

/** The facts that a text with `{{path}}` places reads. */
export function placesOf(text: string): readonly string[] {
  return [...text.matchAll(PLACE)].map((match) => match[1] as string);
}

/**
 * Puts values into a text in one pass: what a value brings is never read as a place again. Unsafe characters are
 * stripped, a missing value is empty, and the whole is clamped to `limit` UTF-16 units without splitting a pair.
 */
export function expandTemplate(text: string, limit: number, read: (fact: string) => unknown): string {
  if (!text.includes('{{')) return text;
  return clamp(
    text.replace(PLACE, (_place, fact: string) => textOf(read(fact)).replace(UNSAFE, '')),
    limit,
  );
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}

function clamp(text: string, limit: number): string {
  const lastUnit = text.charCodeAt(limit - 1);
  const splitsPair = lastUnit >= 0xd800 && lastUnit <= 0xdbff;
  return text.slice(0, splitsPair ? limit - 1 : limit);
}

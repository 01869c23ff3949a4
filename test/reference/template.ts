import { isObject } from './values.ts';

const placeholder = /\{\{\s*(.+?)\s*\}\}/gs;

/** Control and format characters (bidi, zero-width, tags), line separators, lone surrogates and non-characters. */
const unwanted = /[\p{Cc}\p{Cf}\u2028\u2029\p{Cs}\uFFFE\uFFFF]/gu;

/** Expands `{{path}}` in one pass and clamps the result; undefined where nothing but white space is left. */
export function expand(
  template: string,
  fact: (name: string) => unknown,
  limitCharacters = Number.POSITIVE_INFINITY,
): string | undefined {
  const text = template.replace(placeholder, (_, path: string) => textOf(fact(path)).replace(unwanted, ''));
  const clamped = clamp(text, limitCharacters);
  return clamped.trim() === '' ? undefined : clamped;
}

/** The paths of all placeholders in every string below a value. */
export function templatePaths(value: unknown): readonly string[] {
  if (typeof value === 'string')
    return value.includes('{{') ? [...value.matchAll(placeholder)].map(([, path = '']) => path) : [];
  if (Array.isArray(value)) return value.flatMap(templatePaths);
  return isObject(value) ? Object.values(value).flatMap(templatePaths) : [];
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : '';
}

function clamp(text: string, limitCharacters: number): string {
  if (text.length <= limitCharacters) return text;
  const cutsPair =
    /[\uD800-\uDBFF]/.test(text.charAt(limitCharacters - 1)) &&
    /[\uDC00-\uDFFF]/.test(text.charAt(limitCharacters));
  return text.slice(0, cutsPair ? limitCharacters - 1 : limitCharacters);
}

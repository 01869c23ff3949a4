/** One alternative of a field in an EventBridge pattern, of the kinds that are derived from rules. */
export type Matcher =
  | string
  | number
  | boolean
  | null
  | { readonly prefix: string }
  | { readonly suffix: string }
  | { readonly 'equals-ignore-case': string }
  | { readonly numeric: readonly [string, number] }
  | { readonly exists: boolean }
  | { readonly 'anything-but': readonly string[] };

/** A value no rule can name: loaded texts that begin with it are left out of patterns. */
const TOKEN = '\u0000';
/** What a comparison that nothing can meet is resolved to. */
export const NEVER = `${TOKEN}never`;

/** Writes a matcher where a rule's value stands, so that it can be compared like any other value until it is read back. */
export function tokenOf(matcher: Matcher): string {
  return TOKEN + JSON.stringify(matcher);
}

/** Whether a value of a rule could be taken for a token. */
export function looksLikeToken(value: unknown): boolean {
  return JSON.stringify(value ?? null).includes('\\u0000');
}

/**
 * The matcher of a literal or token; undefined where EventBridge might compare it otherwise than the engine does:
 * numbers beyond ±5e9 or six decimals it once compared as texts, and half a surrogate pair is no JSON text.
 */
export function matcherOf(literal: unknown): Matcher | undefined {
  switch (typeof literal) {
    case 'string':
      if (literal.startsWith(TOKEN)) return JSON.parse(literal.slice(TOKEN.length)) as Matcher;
      return literal.isWellFormed() ? literal : undefined;
    case 'number':
      return Math.abs(literal) <= 5e9 && Number(literal.toFixed(6)) === literal ? literal : undefined;
    case 'boolean':
      return literal;
    default:
      return undefined;
  }
}

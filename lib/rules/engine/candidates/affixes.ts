/** What every text that a pattern matches begins and ends with; empty where nothing is known. */
export interface Affixes {
  readonly prefix: string;
  readonly suffix: string;
}

/** The literal text of a glob before its first and after its last wildcard. */
export function affixesOfGlob(glob: string): Affixes {
  return { prefix: /^[^*?]*/.exec(glob)?.[0] ?? '', suffix: /[^*?]*$/.exec(glob)?.[0] ?? '' };
}

const METACHARACTERS = /[\\^$.|?*+()[\]{}]/;
/** Only of these characters it is certain that one stands for itself and for nothing else. */
const PLAIN = /^[ -~]$/;

/**
 * The literal text at the beginning and at the end of an RE2 expression that has to match the whole of a text.
 * Whatever is not plain ends the literal: alternatives and flags anywhere mean that nothing is known, and a character
 * that is repeated or optional does not count.
 */
export function affixesOfExpression(expression: string): Affixes {
  if (expression.includes('|') || expression.includes('(?')) return { prefix: '', suffix: '' };
  const parts = partsOf(expression);
  return { prefix: literalRun(parts), suffix: parts.some(isUncertain) ? '' : literalRunFromEnd(parts) };
}

/** One character of an expression: a plain one (an escaped sign counts), or anything else. */
type Part = { readonly plain: string } | { readonly other: string };

function partsOf(expression: string): readonly Part[] {
  const parts: Part[] = [];
  for (let at = 0; at < expression.length; at += 1) {
    const character = expression[at] ?? '';
    const next = expression[at + 1] ?? '';
    if (character === '\\') {
      // Letters and digits behind a backslash are classes and other special things; \Q quotes what follows.
      parts.push(METACHARACTERS.test(next) ? { plain: next } : { other: `\\${next}` });
      at += 1;
    } else {
      const plain = PLAIN.test(character) && !METACHARACTERS.test(character);
      parts.push(plain ? { plain: character } : { other: character });
    }
  }
  return parts;
}

function literalRun(parts: readonly Part[]): string {
  const from = isOther(parts[0], '^') ? 1 : 0;
  let text = '';
  for (let at = from; at < parts.length; at += 1) {
    const part = parts[at];
    if (part === undefined || !('plain' in part) || isQuantifier(parts[at + 1])) break;
    text += part.plain;
  }
  return text;
}

function literalRunFromEnd(parts: readonly Part[]): string {
  const to = isOther(parts.at(-1), '$') ? parts.length - 1 : parts.length;
  let text = '';
  for (let at = to - 1; at >= 0; at -= 1) {
    const part = parts[at];
    if (part === undefined || !('plain' in part) || isInside(parts, at)) break;
    text = part.plain + text;
  }
  return text;
}

function isQuantifier(part: Part | undefined): boolean {
  return part !== undefined && 'other' in part && ['*', '+', '?', '{'].includes(part.other);
}

function isOther(part: Part | undefined, text: string): boolean {
  return part !== undefined && 'other' in part && part.other === text;
}

/** Escapes that may take further characters with them, such as `\\x41`, `\\pN` or a quotation: only these take none. */
function isUncertain(part: Part): boolean {
  return 'other' in part && /^\\[^dDwWsSbBAz]/.test(part.other);
}

/** Whether a place may be inside of a class, a group or a count: some bracket before it is not closed yet. */
function isInside(parts: readonly Part[], at: number): boolean {
  const brackets = parts.slice(0, at).flatMap((part) => ('other' in part ? [part.other] : []));
  const last = brackets.findLast((text) => '()[]{}'.includes(text));
  return last !== undefined && !')]}'.includes(last);
}

/**
 * The literal texts of a pattern, in their order: everything it matches begins with the first, ends with the last
 * and has the others in between. A text is empty where nothing certain stands.
 */
export type Runs = readonly string[];

/** More alternatives than this are taken as one gap. */
const MOST_ALTERNATIVES = 64;

/** The literal texts of a glob, between its wildcards. */
export function runsOfGlob(glob: string): Runs {
  return glob.split(/[*?]/);
}

/** The longest of the texts: what rules out most. */
export function longestOf(runs: Runs): string {
  return runs.reduce((known, run) => (run.length > known.length ? run : known), '');
}

/** A character that stands for itself, one of several texts, or null for whatever may be anything or nothing. */
type Item = string | readonly string[] | null;

/**
 * The literal texts of an RE2 expression that has to match the whole of a text: one of the results holds, and they
 * are aligned. It would rather say nothing (an empty list) than something wrong: alternatives at the top, flags and
 * unusual escapes mean that nothing is known, classes and most groups are gaps, and a character that is repeated or
 * optional does not count.
 */
export function runsOfExpression(expression: string): readonly Runs[] {
  const items = itemsOf(expression);
  if (items === null) return [];
  let alternatives: readonly string[][] = [['']];
  for (const item of items) {
    const texts = item === null || typeof item === 'string' ? [item] : item;
    const isGap = texts.length * alternatives.length > MOST_ALTERNATIVES;
    alternatives = (isGap ? [null] : texts).flatMap((text) => alternatives.map((runs) => extend(runs, text)));
  }
  return alternatives;
}

function extend(runs: readonly string[], text: string | null): string[] {
  return text === null ? [...runs, ''] : [...runs.slice(0, -1), (runs.at(-1) ?? '') + text];
}

const QUANTIFIER = /(?:[*+?]|\{\d+(?:,\d*)?\})\??/y;
const CLASS = /\[\^?\]?(?:\\.|\[:\^?[a-z]+:\]|[^\]\\])*\]/y;
/** Escapes that stand for one character of a kind, or for a place. */
const GAP_ESCAPE = /\\[dDwWsSbBAz]/y;
const DOT = /\./y;
const SIGN_ESCAPE = /\\([\\^$.|?*+()[\]{}/-])/y;
/** Only of these it is certain that one stands for itself and for nothing else. */
const PLAIN = /[ !"#%&',\-/0-9:;<=>@A-Z_`a-z~]/y;
const GROUP_OF_TEXTS = /\((?:\?:)?((?:[ !"#%&',\-/0-9:;<=>@A-Z_`a-z~]|\\[\\^$.|?*+()[\]{}/-]|\|)*)\)/y;
const EDGE = /^\^|\$$/g;

/** Reads an expression item by item; null where something in it may change the meaning of the rest. */
function itemsOf(expression: string): readonly Item[] | null {
  const isEscaped = expression.endsWith('\\$');
  const text = isEscaped ? expression.replace(/^\^/, '') : expression.replace(EDGE, '');
  const items: Item[] = [];
  let at = 0;
  while (at < text.length) {
    const read = readItem(text, at);
    if (read === null) return null;
    const quantifier = match(QUANTIFIER, text, read.end);
    items.push(quantifier === null ? read.item : null);
    at = quantifier === null ? read.end : QUANTIFIER.lastIndex;
  }
  return items;
}

function readItem(text: string, at: number): { readonly item: Item; readonly end: number } | null {
  const sign = match(SIGN_ESCAPE, text, at);
  if (sign !== null) return { item: sign[1] ?? '', end: SIGN_ESCAPE.lastIndex };
  const plain = match(PLAIN, text, at);
  if (plain !== null) return { item: plain[0], end: PLAIN.lastIndex };
  for (const gap of [CLASS, GAP_ESCAPE, DOT])
    if (match(gap, text, at) !== null) return { item: null, end: gap.lastIndex };
  const group = match(GROUP_OF_TEXTS, text, at);
  if (group !== null) {
    return { item: textsOf(group[1] ?? ''), end: GROUP_OF_TEXTS.lastIndex };
  }
  const end = text[at] === '(' ? endOfGroup(text, at) : null;
  return end === null ? null : { item: null, end };
}

/** The texts between the bars of a group. */
function textsOf(alternatives: string): readonly string[] {
  const texts = [''];
  for (const [token] of alternatives.matchAll(/\\.|[^\\]/g)) {
    if (token === '|') texts.push('');
    else texts[texts.length - 1] += token.at(-1) ?? '';
  }
  return [...new Set(texts)];
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** The place behind a group; null where it is not plain: a flag in it would reach further than its end. */
function endOfGroup(text: string, from: number): number | null {
  let depth = 0;
  let at = from;
  do {
    const step = stepInGroup(text, at);
    if (step === null) return null;
    depth += step.depth;
    at = step.end;
  } while (depth > 0);
  return at;
}

function stepInGroup(text: string, at: number): { readonly depth: number; readonly end: number } | null {
  switch (text[at]) {
    case undefined:
      return null;
    case '\\':
      // A quotation, \Q to \E, would hide brackets.
      return text[at + 1] === 'Q' ? null : { depth: 0, end: at + 2 };
    case '[':
      return match(CLASS, text, at) === null ? null : { depth: 0, end: CLASS.lastIndex };
    case '(':
      return text[at + 1] === '?' && text[at + 2] !== ':' ? null : { depth: 1, end: at + 1 };
    case ')':
      return { depth: -1, end: at + 1 };
    default:
      return { depth: 0, end: at + 1 };
  }
}

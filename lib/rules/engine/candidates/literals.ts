/**
 * The literal texts of a pattern, in their order: everything it matches begins with the first, ends with the last
 * and has the others in between. A text is empty where nothing certain stands.
 */
export type Runs = readonly string[];

/** More alternatives than this are taken as one gap. */
const MOST_ALTERNATIVES = 64;
/** Nothing is said of an expression that has more of them in all. */
const MOST_RUNS = 512;

/** The literal texts of a glob, between its wildcards. */
export function runsOfGlob(glob: string): Runs {
  return glob.split(/[*?]/);
}

/** The longest of the texts: what rules out most. */
export function longestOf(runs: Runs): string {
  return runs.reduce((known, run) => (run.length > known.length ? run : known), '');
}

/** `.*`: every text without a line break, and nothing else, may stand here. */
const ANYTHING = Symbol('anything');

/** A character that stands for itself, one of several texts, `.*`, or null for whatever may be anything or nothing. */
type Item = string | readonly string[] | typeof ANYTHING | null;

/** What is read off an RE2 expression that has to match the whole of a text. */
export interface ExpressionTexts {
  /** Upper and lower case count alike: the literal texts, which are in lower case, are in the text's folded form. */
  readonly ignoresCase: boolean;
  /** One of these holds. */
  readonly alternatives: readonly Runs[];
  /**
   * The literal texts are all there is to the expression: a text without line breaks that begins, goes on and ends so is
   * matched by it.
   */
  readonly isLiteral: boolean;
}

/**
 * Reads the literal texts off an expression. It would rather say nothing (null) than something wrong: flags, but for `i`
 * and `s` before everything else, and unusual escapes mean that nothing is known, classes and most groups are gaps, and
 * a character that is repeated or optional does not count.
 */
export function textsOfExpression(expression: string): ExpressionTexts | null {
  const [flags = ''] = FLAGS.exec(expression) ?? [];
  const ways = itemsOfWays(expression.slice(flags.length));
  if (ways === null) return null;
  const ignoresCase = flags.includes('i');
  const alternatives = ways.flatMap((items) => runsOfItems(ignoresCase ? items.map(inLowerCase) : items));
  if (alternatives.length > MOST_RUNS) return null;
  // Of the letters that are alike only the plain ones are known to be what the folded form makes of them.
  return { ignoresCase, alternatives, isLiteral: !ignoresCase && ways.every(isLiteral) };
}

function runsOfItems(items: readonly Item[]): readonly Runs[] {
  let alternatives: readonly string[][] = [['']];
  for (const item of items) {
    const texts = textsOfItem(item);
    const isGap = texts.length * alternatives.length > MOST_ALTERNATIVES;
    alternatives = (isGap ? [null] : texts).flatMap((text) => alternatives.map((runs) => extend(runs, text)));
  }
  return alternatives;
}

function isLiteral(items: readonly Item[]): boolean {
  if (items.includes(null)) return false;
  return items.reduce((count, item) => count * textsOfItem(item).length, 1) <= MOST_ALTERNATIVES;
}

function inLowerCase(item: Item): Item {
  if (item === ANYTHING || item === null) return item;
  return typeof item === 'string' ? item.toLowerCase() : item.map((text) => text.toLowerCase());
}

function textsOfItem(item: Item): readonly (string | null)[] {
  if (item === ANYTHING || item === null) return [null];
  return typeof item === 'string' ? [item] : item;
}

function extend(runs: readonly string[], text: string | null): string[] {
  return text === null ? [...runs, ''] : [...runs.slice(0, -1), (runs.at(-1) as string) + text];
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
/** They hold for all that follows, and change nothing of what is read here but the case of letters. */
const FLAGS = /^\(\?[is]+\)/;

/** Reads an expression item by item, way by way; null where something in it may change the meaning of the rest. */
function itemsOfWays(text: string): readonly (readonly Item[])[] | null {
  const ways: Item[][] = [];
  let at = 0;
  do {
    const items: Item[] = [];
    if (text[at] === '^') at += 1;
    while (!isEndOfWay(text, at)) {
      const read = readItem(text, at);
      if (read === null) return null;
      const quantifier = match(QUANTIFIER, text, read.end);
      if (quantifier === null) items.push(read.item);
      else items.push(text[at] === '.' && quantifier[0].startsWith('*') ? ANYTHING : null);
      at = quantifier === null ? read.end : QUANTIFIER.lastIndex;
    }
    ways.push(items);
    if (text[at] === '$') at += 1;
    at += 1;
  } while (at <= text.length);
  return ways;
}

/** At a bar or at the end, `$` before it included: a way has to match the whole text anyway. */
function isEndOfWay(text: string, at: number): boolean {
  const next = text[at] === '$' ? at + 1 : at;
  return next >= text.length || text[next] === '|';
}

function readItem(text: string, at: number): { readonly item: Item; readonly end: number } | null {
  const sign = match(SIGN_ESCAPE, text, at);
  if (sign !== null) return { item: sign[1] as string, end: SIGN_ESCAPE.lastIndex };
  const plain = match(PLAIN, text, at);
  if (plain !== null) return { item: plain[0], end: PLAIN.lastIndex };
  for (const gap of [CLASS, GAP_ESCAPE, DOT])
    if (match(gap, text, at) !== null) return { item: null, end: gap.lastIndex };
  const group = match(GROUP_OF_TEXTS, text, at);
  if (group !== null) {
    return { item: textsOf(group[1] as string), end: GROUP_OF_TEXTS.lastIndex };
  }
  const end = text[at] === '(' ? endOfGroup(text, at) : null;
  return end === null ? null : { item: null, end };
}

/** The texts between the bars of a group. */
function textsOf(alternatives: string): readonly string[] {
  const texts = [''];
  for (const [token] of alternatives.matchAll(/\\.|[^\\]/g)) {
    if (token === '|') texts.push('');
    else texts[texts.length - 1] += token.at(-1) as string;
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

import { RE2JS } from 're2js';
import { folded } from './candidates/form.ts';
import { type ExpressionTexts, runsOfGlob, textsOfExpression } from './candidates/literals.ts';
import { runsTestOf } from './has-runs.ts';

/** A pattern is looked for in texts of findings: it takes time in proportion to the text, whatever both are. */
export type PatternTest = (text: string) => boolean;

/**
 * What a test says of a text: `exact` what RE2 says; `over` also yes where no literal text of the pattern speaks against
 * it, which is cheap, and enough where a yes is asked of RE2 later.
 */
export type Exactness = 'exact' | 'over';

/**
 * Says what RE2 says of a text: whether the whole of it is matched by an expression (https://github.com/google/re2/wiki/Syntax),
 * or by a glob, where `*` is any run of characters and `?` one. The literal texts of the pattern are looked for first:
 * patterns that are nothing else are never run. For the index alone: what the engine is asked, RE2 answers, so that a
 * mistake made here is one that the two do not share.
 */
export function patternTestOf(
  kind: 'glob' | 'matches',
  pattern: string,
  exactness: Exactness = 'exact',
): PatternTest {
  const texts = kind === 'glob' ? textsOfGlob(pattern) : textsOfExpression(pattern);
  const run = expressionTestOf(kind, pattern);
  if (texts === null) return run;
  const { ignoresCase, alternatives, isLiteral } = texts;
  const hasTexts = runsTestOf(alternatives);
  const isSaid = ignoresCase ? (text: string) => hasTexts(folded(text)) : hasTexts;
  if (exactness !== 'exact') return isSaid;
  if (!isLiteral) return (text) => isSaid(text) && run(text);
  if (kind === 'glob') return isSaid;
  return (text) => isSaid(text) && (!text.includes('\n') || run(text));
}

function textsOfGlob(glob: string): ExpressionTexts {
  // Halves of characters outside the BMP are not what RE2 looks for.
  const isLiteral = /^[^?\uD800-\uDFFF]*$/.test(glob);
  return { ignoresCase: false, alternatives: [runsOfGlob(glob)], isLiteral };
}

/** Compiled when a text is first given to it. */
function expressionTestOf(kind: 'glob' | 'matches', pattern: string): PatternTest {
  let compiled: ReturnType<typeof RE2JS.compile> | null = null;
  return (text) => {
    compiled ??=
      kind === 'glob' ? RE2JS.compile(expressionOfGlob(pattern), RE2JS.DOTALL) : RE2JS.compile(pattern);
    return compiled.testExact(text);
  };
}

/** The literal text of a glob as an RE2 expression: `*` is any run of characters, `?` one, all else itself. */
export function expressionOfGlob(glob: string): string {
  return glob.replace(/[.*+?^${}()|[\]\\]/g, (character) => {
    if (character === '*') return '.*';
    return character === '?' ? '.' : `\\${character}`;
  });
}

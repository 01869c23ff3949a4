import fc from 'fast-check';
import { RE2JS } from 're2js';

/** An RE2 expression and a text that it should match whole. */
export interface Sample {
  readonly source: string;
  readonly text: string;
}

const of = (source: string, text: string): Sample => ({ source, text });

/** Every kind of piece: characters, escapes, classes, quotations, places, and flags in the middle. */
const ATOMS: readonly Sample[] = [
  ...'abcA5 /:-_,=@#%&~"`<>;\''.split('').map((sign) => of(sign, sign)),
  ...'.*+?()[]{}|^$\\/-'.split('').map((sign) => of(`\\${sign}`, sign)),
  ...['é', '😀', ']', '}'].map((sign) => of(sign, sign)),
  of('abcde', 'abcde'),
  of('prod', 'prod'),
  of('task-s', 'task-s'),
  of('.', 'a'),
  of('.', '😀'),
  of('\\d', '7'),
  of('\\D', 'd'),
  of('\\w', 'w'),
  of('\\W', '-'),
  of('\\s', ' '),
  of('\\S', 's'),
  of('\\b', ''),
  of('\\B', ''),
  of('\\A', ''),
  of('\\z', ''),
  of('^', ''),
  of('$', ''),
  of('\\x41', 'A'),
  of('\\x{1F600}', '😀'),
  of('\\101', 'A'),
  of('\\t', '\t'),
  of('\\_', '_'),
  of('\\pN', '5'),
  of('\\PN', 'x'),
  of('\\p{Greek}', 'α'),
  of('\\p{^Greek}', 'a'),
  of('\\Qa.b*(\\E', 'a.b*('),
  of('\\Q|\\E', '|'),
  of('[abc]', 'b'),
  of('[a-c5]', '5'),
  of('[^ab]', 'c'),
  of('[]a]', ']'),
  of('[^]a]', 'b'),
  of('[\\]b]', ']'),
  of('[[:alpha:]]', 'k'),
  of('[^[:alpha:]b]', '7'),
  of('[[:word:]-]', '-'),
  of('[\\d.]', '.'),
  of('[(|)]', '|'),
  of('[a\\-z]', '-'),
  of('[[]', '['),
  of('[\\x{5d}x]', ']'),
  of('(?i)', ''),
  of('(?s)', ''),
  of('(?U)', ''),
];

const QUANTIFIERS: readonly (readonly [string, readonly number[]])[] = [
  ['*', [0, 1, 3]],
  ['+', [1, 2]],
  ['?', [0, 1]],
  ['*?', [0, 2]],
  ['+?', [1]],
  ['??', [0, 1]],
  ['{2}', [2]],
  ['{0}', [0]],
  ['{1,}', [1, 3]],
  ['{0,2}', [0, 2]],
  ['{1,2}?', [1, 2]],
];
const OPENINGS = ['(', '(?:', '(', '(?:', '(?i:', '(?s:', '(?P<n>', '(?<n>', '(?-i:'];

const atom: fc.Arbitrary<Sample> = fc.constantFrom(...ATOMS);

/** Groups of texts, out of which an index reads one after another. */
const choice: fc.Arbitrary<Sample> = fc
  .tuple(
    fc.constantFrom('(', '(?:'),
    fc.array(fc.constantFrom('a', 'b', 'abcde', 'prod', 'PROD', 'ab/', 'a.b', '', 'a|b'), {
      minLength: 2,
      maxLength: 5,
    }),
    fc.nat(4),
  )
  .map(([opening, texts, n]) =>
    of(
      `${opening}${texts.map((text) => text.replace(/[.|]/g, '\\$&')).join('|')})`,
      texts[n % texts.length] ?? '',
    ),
  );
/** What an index reads much of: texts, and gaps between them. */
const plain: fc.Arbitrary<Sample> = fc
  .array(
    fc.oneof(
      choice,
      fc.constantFrom(
        of('abcde', 'abcde'),
        of('ab', 'ab'),
        of('Task', 'Task'),
        of('arn:aws:', 'arn:aws:'),
        of('x\\.y', 'x.y'),
      ),
      fc.constantFrom(
        of('.*', '/z'),
        of('.+', 'b'),
        of('[a-c]+', 'cc'),
        of('\\d{2}', '42'),
        of('b?', ''),
        of('a*', ''),
      ),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map(joined);

function joined(pieces: readonly Sample[]): Sample {
  return of(pieces.map(({ source }) => source).join(''), pieces.map(({ text }) => text).join(''));
}

const { sequence } = fc.letrec<{ piece: Sample; sequence: Sample }>((tie) => ({
  piece: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 9, arbitrary: atom },
    { weight: 1, arbitrary: choice },
    {
      weight: 2,
      arbitrary: fc
        .tuple(
          fc.constantFrom(...OPENINGS),
          fc.array(tie('sequence'), { minLength: 1, maxLength: 4 }),
          fc.nat(3),
        )
        .map(([opening, choices, n]) =>
          of(
            `${opening}${choices.map(({ source }) => source).join('|')})`,
            choices[n % choices.length]?.text ?? '',
          ),
        ),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.oneof(tie('piece'), atom), fc.constantFrom(...QUANTIFIERS), fc.nat(2))
        .map(([{ source, text }, [quantifier, counts], n]) =>
          // A text of more than one character would lend the quantifier to its last one.
          of(
            /^(?:\\?.|\[.*\]|\(.*\))$/su.test(source) ? source + quantifier : `(?:${source})${quantifier}`,
            text.repeat(counts[n % counts.length] ?? 0),
          ),
        ),
    },
  ),
  sequence: fc.array(tie('piece'), { maxLength: 6 }).map(joined),
}));

/** Expressions with a text of theirs: what RE2 does not compile, or does not match after all, is not drawn. */
export const expression: fc.Arbitrary<Sample> = fc
  .tuple(
    fc.array(fc.oneof(sequence, plain), { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', '', '^', '$', '^$'),
    fc.constantFrom('', '', '', '', '(?i)', '(?i)', '(?s)', '(?is)'),
    fc.nat(11),
  )
  .map(([choices, edges, flag, n]) => {
    const [first = of('', '')] = choices;
    const ways = n % 4 < 2 ? choices : [first];
    const source = ways.map((way) => way.source).join('|');
    const { text } = ways[n % ways.length] ?? first;
    const begun = edges.includes('^') ? (n % 3 === 0 ? `^${flag}` : `${flag}^`) : flag;
    return of(`${begun}${source}${edges.includes('$') ? '$' : ''}`, text);
  })
  .map(
    ({ source, text }) =>
      // Where a flag lets case go, the text in the other case says more.
      [
        { source, text: foreignCase(text) },
        { source, text: otherCase(text) },
        { source, text },
      ].find(isMatched) ?? { source: 'a+b', text: 'aab' },
  );

function otherCase(text: string): string {
  return text === text.toLowerCase() ? text.toUpperCase() : text.toLowerCase();
}

/** With letters from afar that are alike: the sign of the kelvin, and the long s. */
function foreignCase(text: string): string {
  return text.toUpperCase().replaceAll('K', '\u212a').replaceAll('S', '\u017f');
}

function isMatched({ source, text }: Sample): boolean {
  try {
    return RE2JS.compile(source).testExact(text);
  } catch {
    return false;
  }
}

const GLOB_PIECES: readonly Sample[] = [
  of('*', ''),
  of('*', 'abcde/'),
  of('?', 'x'),
  of('?', '😀'),
  ...['a', 'ab', 'abcde', 'arn:aws:', '.', '[a]', '(b)', '$', '^', '\\', '+', '😀', '\ud83d', '|', '{2}'].map(
    (text) => of(text, text),
  ),
];

/** Globs with a text of theirs. */
export const glob: fc.Arbitrary<Sample> = fc
  .array(fc.constantFrom(...GLOB_PIECES), { minLength: 1, maxLength: 6 })
  .map(joined);

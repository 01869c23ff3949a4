import fc from 'fast-check';

/** Few letters, so that literals begin, end and hold one another; some that fold, compose or need two UTF-16 units. */
const PIECES = [
  'a',
  'b',
  'ab',
  'abc',
  'A',
  'B',
  '/',
  ':',
  '.',
  '-',
  '5',
  ' ',
  'é',
  'İ',
  'ı',
  'ß',
  'Σ',
  'sk',
  'ſ',
  '\u212a',
  '😀',
  '\ud83d',
];

/**
 * Texts of many lengths that share beginnings and five-letter pieces. `AaAaA`, `AaBBA`, `BBAaA` and `BBBBA` have one
 * hash under a polynomial with the factor 31.
 */
const WORDS = [
  'a',
  'ab',
  'abc',
  'abcd',
  'abcde',
  'abcdea',
  'abcdeab',
  'abcdeabc',
  'xabcdex',
  'zzabcde',
  'abcdezz',
  'AaAaA',
  'AaBBA',
  'BBAaAx',
  'xBBBBA',
  'arn:aws:s3:::ab',
  'arn:aws:ec2:eu-west-1:111122223333:instance/i-1',
  'arn:aws:ec2',
  'prod',
  'PROD',
  'true',
  'null',
  'undefined',
  '5',
  '10',
  '5.5',
  '[*]',
  'a.b/c',
  '__proto__',
  'constructor',
  'a\\b',
  '^a$',
  '(a|b)',
] as const;

/** A short text, often one that other literals have a part of. Never with a line break, which `.` leaves out. */
export const word: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...WORDS) },
  {
    weight: 3,
    arbitrary: fc
      .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 6 })
      .map((all) => all.join('')),
  },
);

/** What a rule compares with: mostly texts, and what else JSON can write in their place. */
export const scalar: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 14, arbitrary: word },
  { weight: 3, arbitrary: fc.constantFrom(0, 5, 10, 5.5, -1) },
  { weight: 1, arbitrary: fc.boolean() },
  { weight: 1, arbitrary: fc.constantFrom<unknown>('', null, [], {}, ['a'], { a: 1 }) },
);

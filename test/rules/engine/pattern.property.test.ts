import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, it, vi } from 'vitest';
import { textsOfExpression } from '../../../lib/rules/engine/candidates/literals.ts';
import { patternTestOf } from '../../../lib/rules/engine/pattern.ts';
import { expression, glob } from '../../contract/generate/expression.ts';
import { twist } from '../../contract/generate/twist.ts';
import { runs } from '../../contract/runs.ts';

/** Patterns as people write them for ids of resources: texts, alternatives, and gaps of any length. */
const literalPattern = fc
  .array(fc.constantFrom('.*', '.*?', '.+', '.', 'ab', 'abab', '(ab|ba)', '(?:a|abb|)', 'b', '\\.', 'a*'), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => parts.join(''));
const shortText = fc.string({
  unit: fc.constantFrom('a', 'b', 'ab', '.', '\n', '😀', '\ud83d'),
  maxLength: 9,
});

/** The text that a pattern matches, and what is left of it or comes to it. */
function around(text: string, n: number): readonly string[] {
  const twisted = twist(text, n);
  return [text, `${text}\n`, `a${text}`, text.slice(1), text.slice(0, -1), String(twisted), text + text];
}

describe('a test of a pattern', () => {
  it('says what RE2 says of an expression, whether it had to be run or not', () => {
    const seen = { matched: 0, missed: 0, literal: 0 };
    const requireSame = (source: string, texts: readonly string[]) => {
      const test = patternTestOf('matches', source);
      const re2 = RE2JS.compile(source);
      seen.literal += Number(textsOfExpression(source)?.isLiteral === true);
      for (const text of texts) {
        const expected = re2.testExact(text);
        expect([source, text, test(text)]).toEqual([source, text, expected]);
        seen[expected ? 'matched' : 'missed'] += 1;
      }
    };

    fc.assert(
      fc.property(expression, fc.nat(200), ({ source, text }, n) => requireSame(source, around(text, n))),
      runs(5_000),
    );
    fc.assert(
      fc.property(literalPattern, fc.array(shortText, { minLength: 8, maxLength: 8 }), requireSame),
      runs(5_000),
    );

    const { numRuns } = runs(5_000);
    expect(seen.matched).toBeGreaterThan(numRuns);
    expect(seen.missed).toBeGreaterThan(numRuns);
    expect(seen.literal).toBeGreaterThan(numRuns / 5);
  }, 600_000);

  it('says of a glob what RE2 says of the same with .* for * and . for ?', () => {
    let matched = 0;
    const pattern = fc.array(fc.constantFrom('*', '?', 'a', 'ab', '.', '😀', '\ud83d', '['), {
      maxLength: 6,
    });
    const drawn = fc.oneof(
      glob.map(({ source, text }) => ({ source, texts: around(text, text.length) })),
      fc.record({
        source: pattern.map((parts) => parts.join('')),
        texts: fc.array(shortText, { minLength: 8, maxLength: 8 }),
      }),
    );

    fc.assert(
      fc.property(drawn, ({ source, texts }) => {
        const test = patternTestOf('glob', source);
        const quoted = [...source].map((each) => ({ '*': '.*', '?': '.' })[each] ?? RE2JS.quote(each));
        const re2 = RE2JS.compile(quoted.join(''), RE2JS.DOTALL);
        for (const text of texts) {
          expect([source, text, test(text)]).toEqual([source, text, re2.testExact(text)]);
          matched += Number(test(text));
        }
      }),
      runs(5_000),
    );

    expect(matched).toBeGreaterThan(1_000);
  }, 600_000);

  it.each([
    ['(a|b|c|d)(a|b|c|d)(a|b|c|d)(a|b|c|d).*', 'abcd-x', 'abc'],
    ['arn:aws:s3:::(amber|atlas)-.*', 'arn:aws:s3:::atlas-x', 'arn:aws:s3:::amber'],
    ['.*', '', '\n'],
    ['a.*a', 'aa', 'a'],
  ])('runs %s where its texts are too many to be looked for, and says the same', (source, match, miss) => {
    const test = patternTestOf('matches', source);

    expect(test(match)).toBe(true);
    expect(test(miss)).toBe(false);
  });

  it.each([
    ['abc|ab.*', ['abc', 'abx', 'a', 'b']],
    ['(ab|cd)\\.x', ['ab.x', 'cd.x', 'abcx', 'cd.x2']],
    ['.*b', ['ab', 'ba']],
    ['', ['', 'a']],
  ])('is never run as the expression %j, whose texts are all there is to it', (source, texts) => {
    const expected = texts.map((text) => RE2JS.compile(source).testExact(text));
    const compile = vi.spyOn(RE2JS, 'compile');
    const test = patternTestOf('matches', source);

    expect(texts.map(test)).toEqual(expected);
    expect(compile).not.toHaveBeenCalled();
    compile.mockRestore();
    // A line break is not any character: here alone RE2 is asked.
    const broken = texts.map((text) => `${text}\n${text}`);
    expect(broken.map(test)).toEqual(broken.map((text) => RE2JS.compile(source).testExact(text)));
  });

  it.each([
    ['a*bc*c', 'abcbc', 'abc'],
    ['a*bc*bc*d', 'abcbcd', 'abcd'],
    ['a*a', 'aa', 'a'],
    ['ab', 'ab', 'abb'],
    ['a*', 'a\nb', 'ba'],
    ['*b*', 'abc', 'ac'],
  ])('is never run as the glob %j without ?', (source, match, miss) => {
    const compile = vi.spyOn(RE2JS, 'compile');
    const test = patternTestOf('glob', source);

    expect([test(match), test(miss)]).toEqual([true, false]);
    expect(compile).not.toHaveBeenCalled();
    compile.mockRestore();
  });

  it('is not run where a yes is asked of RE2 later', () => {
    const compile = vi.spyOn(RE2JS, 'compile');
    const over = ['a[0-9]b', '(?i)A.b'].map((source) => patternTestOf('matches', source, 'over'));

    expect(over.map((test) => test('axb'))).toEqual([true, true]);
    expect(over.map((test) => test('axc'))).toEqual([false, false]);
    expect(patternTestOf('glob', 'a?', 'over')('abc')).toBe(true);
    expect(compile).not.toHaveBeenCalled();
    compile.mockRestore();
  });

  it.each(['a[0-9]b', '(?i)AXB', 'a\\wb'])(
    'is run as %j where its texts speak for it, and only there',
    (source) => {
      const compile = vi.spyOn(RE2JS, 'compile');
      const test = patternTestOf('matches', source);

      expect([test('b'), test('axc')]).toEqual([false, false]);
      expect(compile).not.toHaveBeenCalled();
      test('axb');
      test('a1b');
      expect(compile).toHaveBeenCalledTimes(1);
      compile.mockRestore();
    },
  );

  it('takes no longer than in proportion to the text, where others try every way', () => {
    const test = patternTestOf('matches', '(a+)+b.*c');

    expect(test('a'.repeat(20_000))).toBe(false);
  });
});

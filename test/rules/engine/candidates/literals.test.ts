import { describe, expect, it } from 'vitest';
import {
  longestOf,
  runsOfGlob,
  textsOfExpression,
} from '../../../../lib/rules/engine/candidates/literals.ts';

describe('the literal texts of an expression', () => {
  it.each([
    ['IAM\\.\\d+', [['IAM.', '']]],
    ['^abc$', [['abc']]],
    ['ab?c', [['a', 'c']]],
    ['a{2}b', [['', 'b']]],
    ['x(?:a|b)y', [['xay'], ['xby']]],
    ['(a\\\\|b)c', [['a\\c'], ['bc']]],
    ['((a)b)c*?d', [['', '', 'd']]],
    ['([)]x)y', [['', 'y']]],
    ['[]]a', [['', 'a']]],
  ])('%s: %j', (expression, runs) => {
    expect(textsOfExpression(expression)?.alternatives).toEqual(runs);
  });

  it.each([
    'x((?i)y)',
    'x(?i)y',
    '(?U)x',
    '(?m)x',
    '(?-i)x',
    'a|\\x41',
    '(?i)^^x',
    'a$b',
    '\\x41b',
    'x\\Qa\\E',
    '(\\Qa)\\E)',
    '(a[b)',
    '((a)',
    'a^b',
    'é',
  ])('%s: none that is certain', (expression) => {
    expect(textsOfExpression(expression)).toBeNull();
  });

  it('takes a group of very many texts as a gap', () => {
    const group = `(${Array.from({ length: 65 }, (_, i) => `t${i}`).join('|')})`;

    expect(textsOfExpression(`a${group}b`)?.alternatives).toEqual([['a', 'b']]);
  });

  it.each([
    ['a|b', [['a'], ['b']]],
    ['^a$|^b.*|c$', [['a'], ['b', ''], ['c']]],
    ['x(a|b)|c\\|d|[|]', [['xa'], ['xb'], ['c|d'], ['', '']]],
    ['a||', [['a'], [''], ['']]],
    ['|a', [[''], ['a']]],
    ['a\\$|b\\\\$', [['a$'], ['b\\']]],
    ['', [['']]],
  ])('%s: those of each way at the top', (expression, alternatives) => {
    expect(textsOfExpression(expression)).toMatchObject({ ignoresCase: false, alternatives });
  });

  it('are in lower case where case is ignored from the beginning', () => {
    expect(textsOfExpression('(?i)^Ab(C|d).*$|E')).toEqual({
      ignoresCase: true,
      alternatives: [['abc', ''], ['abd', ''], ['e']],
      isLiteral: false,
    });
    expect(textsOfExpression('(?si)A')).toMatchObject({ ignoresCase: true, alternatives: [['a']] });
    expect(textsOfExpression('(?s)A.*')).toEqual({
      ignoresCase: false,
      alternatives: [['A', '']],
      isLiteral: true,
    });
  });

  it('are all there is to an expression whose ways are all of texts', () => {
    expect(textsOfExpression('a|b.*')?.isLiteral).toBe(true);
    expect(textsOfExpression('a|b[cd]')?.isLiteral).toBe(false);
  });

  it('are not told of an expression with very many ways', () => {
    const ways = (count: number) => Array.from({ length: count }, (_, i) => `t${i}`).join('|');

    expect(textsOfExpression(ways(512))?.alternatives).toHaveLength(512);
    expect(textsOfExpression(ways(513))).toBeNull();
  });
});

/** The texts of each way, a gap as `…`; what is all there is to an expression ends with `!`; null where nothing is known. */
function told(expression: string): string | null {
  const texts = textsOfExpression(expression);
  if (texts === null) return null;
  const { ignoresCase, alternatives, isLiteral } = texts;
  return `${ignoresCase ? 'i ' : ''}${alternatives.map((runs) => runs.join('…')).join(' | ')}${isLiteral ? '!' : ''}`;
}

describe('what is read off an expression', () => {
  const ascii = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));

  it('is of single characters themselves, where they are certain to stand for nothing else', () => {
    const plain = ' !"#%&\',-/0123456789:;<=>@ABCDEFGHIJKLMNOPQRSTUVWXYZ_`abcdefghijklmnopqrstuvwxyz~';

    expect(ascii.filter((each) => told(`x${each}y`) === `x${each}y!`)).toEqual([...plain]);
    expect(ascii.filter((each) => told(`x(${each})y`) === `x${each}y!`)).toEqual([...plain]);
    expect(ascii.filter((each) => told(`x(?:z|${each})y`) === `xzy | x${each}y!`)).toEqual(
      [...plain].filter((each) => each !== 'z'),
    );
  });

  it('is of escapes the sign, a gap, or nothing at all', () => {
    const signs = '$()*+-./?[\\]^{|}';
    const escaped = (expected: (each: string) => string | null, around: (inner: string) => string) =>
      ascii.filter((each) => told(around(`\\${each}`)) === expected(each)).join('');

    expect(
      escaped(
        (each) => `x${each}y!`,
        (inner) => `x${inner}y`,
      ),
    ).toBe(signs);
    expect(
      escaped(
        (each) => `x${each}y!`,
        (inner) => `x(${inner})y`,
      ),
    ).toBe(signs);
    expect(
      escaped(
        () => 'x…y',
        (inner) => `x${inner}y`,
      ),
    ).toBe('ABDSWbdswz');
    expect(
      escaped(
        () => null,
        (inner) => `x${inner}y`,
      ),
    ).toHaveLength(128 - signs.length - 10);
  });

  it.each([
    // What may be there any number of times, or not at all, counts for nothing.
    ['xa*y', 'x…y'],
    ['xa+y', 'x…y'],
    ['xa?y', 'x…y'],
    ['xa{2}y', 'x…y'],
    ['xa{2,}y', 'x…y'],
    ['xa{12,34}y', 'x…y'],
    ['xa*?y', 'x…y'],
    ['xa+?y', 'x…y'],
    ['xa{2}?y', 'x…y'],
    ['xa{2,3}?y', 'x…y'],
    ['x\\.*y', 'x…y'],
    ['x(a|b)*y', 'x…y'],
    ['x(.)*y', 'x…y'],
    ['xa**y', null],
    ['xa{,2}y', null],
    ['xa{b}y', null],
    ['xa{2y', null],
    ['x{2}{3}y', null],
    ['*x', null],
    // Only a dot and an asterisk are any text.
    ['x.*y', 'x…y!'],
    ['x.*?y', 'x…y!'],
    ['.*', '…!'],
    ['x.*.*y', 'x……y!'],
    ['x.y', 'x…y'],
    ['x.+y', 'x…y'],
    ['x.?y', 'x…y'],
    ['x.{0,}y', 'x…y'],
    // Classes are gaps.
    ['x[ab]y', 'x…y'],
    ['x[^ab]y', 'x…y'],
    ['x[]a]y', 'x…y'],
    ['x[^]a]y', 'x…y'],
    ['x[a\\]b]y', 'x…y'],
    ['x[\\\\]y', 'x…y'],
    ['x[[:alpha:]]y', 'x…y'],
    ['x[[:^alpha:]b]y', 'x…y'],
    ['x[a-z]*y', 'x…y'],
    ['x[.]*y', 'x…y'],
    ['x[ab', null],
    ['x[a\\]', null],
    ['x]y', null],
    // Groups of texts are ways, all others gaps.
    ['x(a|b)y', 'xay | xby!'],
    ['x(?:a|b|)y', 'xay | xby | xy!'],
    ['x()y', 'xy!'],
    ['x(a|a)y', 'xay!'],
    ['x(a\\|b)y', 'xa|by!'],
    ['x(a\\.b|\\\\)y', 'xa.by | x\\y!'],
    ['(a|b)(c|d)', 'ac | bc | ad | bd!'],
    ['(a|b).*(c|d)', 'a…c | b…c | a…d | b…d!'],
    ['x(a.b)y', 'x…y'],
    ['x(a*)y', 'x…y'],
    ['x((a)b)y', 'x…y'],
    ['x(a(?:b)c)y', 'x…y'],
    ['x(a[)]b)y', 'x…y'],
    ['x(.\\)b)y', 'x…y'],
    ['x(.)(.)y', 'x……y'],
    ['x(a(b)', null],
    ['x(a', null],
    ['x(.', null],
    ['x(.\\', null],
    ['x(.[a', null],
    ['x)y', null],
    ['x(?i:a)y', null],
    ['x(?P<n>a)y', null],
    ['x(.(?i)a)y', null],
    ['x(.\\Qa)y', null],
    ['x(.\\qa)y', 'x…y'],
    // A way has to match the whole text anyway.
    ['^x', 'x!'],
    ['x$', 'x!'],
    ['^', '!'],
    ['$', '!'],
    ['^$', '!'],
    ['^x$|^y$', 'x | y!'],
    ['x|', 'x | !'],
    ['^|x', ' | x!'],
    ['x$|', 'x | !'],
    ['x$y', null],
    ['x$$', null],
    ['x^y', null],
    ['^^x', null],
    ['x|y*', 'x | …'],
    // Flags hold from the beginning on.
    ['(?i)Ab', 'i ab'],
    ['(?s)Ab', 'Ab!'],
    ['(?is)(A|b)C.*', 'i ac… | bc…'],
    ['(?si)[A]B', 'i …b'],
    ['(?ss)a', 'a!'],
    ['(?m)a', null],
    ['(?im)a', null],
    ['(?)a', null],
    ['(?i)(?s)a', null],
    ['a(?i)b', null],
    ['x(?i)', null],
  ])('%s: %j', (expression, expected) => {
    expect(told(expression)).toBe(expected);
  });

  it('is of so many ways as are looked for, and beyond them a gap', () => {
    const four = '(a|b|c|d)';

    expect(textsOfExpression(`${four}${four}${four}x`)).toMatchObject({ isLiteral: true });
    expect(textsOfExpression(`${four}${four}${four}x`)?.alternatives).toHaveLength(64);
    expect(textsOfExpression(`${four}${four}${four}(a|b)x`)).toMatchObject({ isLiteral: false });
    expect(textsOfExpression(`${four}${four}${four}(a|b)x`)?.alternatives[0]).toEqual(['aaa', 'x']);
    expect(textsOfExpression(`x|${four}${four}${four}(a|b)`)).toMatchObject({ isLiteral: false });
  });
});

describe('the longest of some texts', () => {
  it.each([
    [['a', 'bcd', 'ef'], 'bcd'],
    [['ab', 'cd'], 'ab'],
    [[''], ''],
    [[], ''],
  ])('of %j is %j', (texts, longest) => {
    expect(longestOf(texts)).toBe(longest);
  });
});

describe('the literal texts of a glob', () => {
  it('stand between its wildcards', () => {
    expect(runsOfGlob('a*b?c')).toEqual(['a', 'b', 'c']);
    expect(runsOfGlob('*')).toEqual(['', '']);
  });
});

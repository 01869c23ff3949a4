import { describe, expect, it } from 'vitest';
import { runsOfGlob, textsOfExpression } from '../../../../lib/rules/engine/candidates/literals.ts';

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

describe('the literal texts of a glob', () => {
  it('stand between its wildcards', () => {
    expect(runsOfGlob('a*b?c')).toEqual(['a', 'b', 'c']);
    expect(runsOfGlob('*')).toEqual(['', '']);
  });
});

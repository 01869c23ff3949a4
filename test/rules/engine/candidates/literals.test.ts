import { describe, expect, it } from 'vitest';
import { runsOfExpression, runsOfGlob } from '../../../../lib/rules/engine/candidates/literals.ts';

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
    expect(runsOfExpression(expression)).toEqual(runs);
  });

  it.each(['a|b', '(?i)x', 'x((?i)y)', '\\x41b', 'x\\Qa\\E', '(\\Qa)\\E)', '(a[b)', '((a)', 'a^b', 'é'])(
    '%s: none that is certain',
    (expression) => {
      expect(runsOfExpression(expression)).toEqual([]);
    },
  );

  it('takes a group of very many texts as a gap', () => {
    const group = `(${Array.from({ length: 65 }, (_, i) => `t${i}`).join('|')})`;

    expect(runsOfExpression(`a${group}b`)).toEqual([['a', 'b']]);
  });
});

describe('the literal texts of a glob', () => {
  it('stand between its wildcards', () => {
    expect(runsOfGlob('a*b?c')).toEqual(['a', 'b', 'c']);
    expect(runsOfGlob('*')).toEqual(['', '']);
  });
});

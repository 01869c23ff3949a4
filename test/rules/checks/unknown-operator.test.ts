import { describe, expect, it } from 'vitest';
import { codesOf, loadRule, ruleOn, saidOf } from '../rules-folder.ts';

const using = (operator: string) => ruleOn({ fact: 'Title', operator, value: 'x' });

describe('operators', () => {
  it.each(['equal', 'not:equal', 'not:not:startsWith', 'swap:equal'])('knows %s', (operator) => {
    expect(codesOf(loadRule(using(operator)))).toEqual([]);
  });

  it.each([
    ['equals', /"equals" is not an operator. Did you mean "equal"/],
    ['Equal', /Did you mean "equal"/],
    ['startWith', /Did you mean "startsWith"/],
    ['some:equal', /"some" is not a decorator of operators/],
    ['somefact:equal', /Did you mean "someFact"/],
    ['not:', /"" is not an operator/],
    ['', /"" is not an operator/],
    ['toString', /"toString" is not an operator/],
    ['__proto__:equal', /is not a decorator/],
  ])('refuses %j', (operator, message) => {
    const said = saidOf(loadRule(using(operator)));

    expect(said).toEqual([expect.stringMatching(message)]);
    expect(said[0]).toMatch(/^TR102 /);
  });
});

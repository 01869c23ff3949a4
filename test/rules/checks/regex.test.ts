import { describe, expect, it } from 'vitest';
import { codesOf, loadRule, ruleOn, saidOf } from '../rules-folder.ts';

describe('expressions', () => {
  it.each(['a+b', '(?i)scan.*', '^x$', '[[:alpha:]]+'])('accepts %j', (value) => {
    expect(saidOf(loadRule(ruleOn({ fact: 'Title', operator: 'matches', value })))).toEqual([]);
  });

  it.each(['(unclosed', '(?=look)ahead', '(a)\\1', '[z-a]', 'a{2,1}', '*'])('refuses %j', (value) => {
    expect(codesOf(loadRule(ruleOn({ fact: 'Title', operator: 'matches', value })))).toEqual(['TR111']);
  });

  it('looks into arrays and lists of expressions', () => {
    const rule = (value: unknown) => ruleOn({ fact: 'Title', operator: 'someValue:matches', value });

    expect(codesOf(loadRule(rule(['ok', '(']))).toString()).toBe('TR111');
    expect(codesOf(loadRule(rule({ fact: 'lists.broken' })))).toEqual(['TR111']);
    expect(codesOf(loadRule(rule(['ok', 'fine'])))).toEqual([]);
  });
});

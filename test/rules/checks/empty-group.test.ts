import { describe, expect, it } from 'vitest';
import { loadRule, ruleWith, saidOf } from '../rules-folder.ts';

const LEAF = { fact: 'Title', operator: 'equal', value: 'x' };

describe('empty groups', () => {
  it.each([
    ['all', { all: [] }],
    ['any', { any: [] }],
    ['one deep inside', { all: [LEAF, { not: { any: [] } }] }],
    [
      'the block of an element operator',
      { all: [{ fact: 'Resources', operator: 'noElement', value: { all: [] } }] },
    ],
  ])('refuses %s', (_, conditions) => {
    expect(saidOf(loadRule(ruleWith({ conditions })))).toEqual([
      expect.stringMatching(/TR105 .* match every finding/),
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { loadRule, ruleOn, ruleWith, saidOf } from '../rules-folder.ts';

const LEAF = { fact: 'Title', operator: 'equal', value: 'x' };

describe('sibling groups', () => {
  it.each([
    ['any beside all', { all: [LEAF], any: [LEAF] }, /TR104 "any" stands beside "all"/],
    ['not beside any', { any: [LEAF], not: LEAF }, /TR104 "not" stands beside "any"/],
    ['a comparison beside all', { all: [LEAF], ...LEAF }, /TR104 "fact" stands beside "all"/],
    ['a reference beside not', { not: LEAF, condition: 'x' }, /TR104 "condition" stands beside "not"/],
  ])('refuses %s', (_, conditions, message) => {
    const said = saidOf(
      loadRule(ruleWith({ conditions }), { 'conditions/x.json': { condition: { all: [LEAF] } } }),
    );

    expect(said).toEqual([expect.stringMatching(message)]);
  });

  it('refuses them at any depth', () => {
    expect(saidOf(loadRule(ruleOn({ not: { all: [LEAF], any: [LEAF] } })))).toEqual([
      expect.stringMatching(/TR104/),
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { codesOf, loadRule, RULE, ruleOn, ruleWith, saidOf } from '../rules-folder.ts';

const LEAF = { fact: 'Title', operator: 'equal', value: 'x' };

describe('the shape of conditions', () => {
  it('accepts blocks, references and named comparisons', () => {
    const shared = { 'conditions/prod.json': { condition: { all: [LEAF] } } };
    const rule = ruleWith({
      conditions: {
        any: [{ not: { ...LEAF, name: 'n' } }, { condition: 'prod' }, { name: 'block', all: [LEAF] }],
      },
    });

    expect(codesOf(loadRule(rule, shared))).toEqual([]);
    expect(codesOf(loadRule(ruleWith({ conditions: { condition: 'prod' } }), shared))).toEqual([]);
    expect(codesOf(loadRule(ruleWith({ conditions: { not: LEAF } })))).toEqual([]);
  });

  it.each([
    ['a comparison as root', LEAF, /The root of conditions is a block/],
    ['a text as root', 'all', /"all" is no condition/],
    ['nothing in the root', {}, /neither a comparison nor a block/],
    ['a misspelt block', { al: [LEAF] }, /Did you mean "all"/],
    ['an object for all', { all: LEAF }, /is not an array, which "all" must be/],
    ['a number in a block', { all: [LEAF, 5] }, /5 is no condition/],
    ['null under not', { not: null }, /null is no condition/],
    ['a number as name of a shared condition', { all: [{ condition: 7 }] }, /7 is not a text/],
  ])('refuses %s', (_, conditions, message) => {
    const loaded = loadRule(ruleWith({ conditions }));

    expect(saidOf(loaded)).toEqual([expect.stringMatching(message)]);
    expect(loaded.ruleset).toBeNull();
  });

  it.each([
    ['priority', { ...LEAF, priority: 5 }, /order has no meaning/],
    ['path', { ...LEAF, path: '$.x' }, /No JSONPath is evaluated/],
    ['params', { ...LEAF, params: {} }, /take no parameters/],
    ['an unknown member', { ...LEAF, note: 'x' }, /"note" is not a member of a condition/],
    ['a misspelt member once', { fact: 'Title', operatr: 'equal', value: 'x' }, /Did you mean "operator"/],
    ['a missing value', { fact: 'Title', operator: 'equal' }, /"value" is missing/],
    [
      'a missing block of an element operator',
      { fact: 'Resources', operator: 'anyElement' },
      /"value" is missing/,
    ],
    ['a fact that is no text', { ...LEAF, fact: 5 }, /5 is not a text, which "fact" must be/],
  ])('refuses %s on a comparison', (_, leaf, message) => {
    expect(saidOf(loadRule(ruleOn(leaf)))).toEqual([expect.stringMatching(message)]);
  });

  it('tells all mistakes of a rule in one run', () => {
    const rule = ruleOn(
      { ...LEAF, path: '$' },
      { ...LEAF, fact: 'Tile' },
      { ...LEAF, operator: 'equals' },
      { all: [] },
    );

    expect([...codesOf(loadRule(rule))].sort()).toEqual(['TR003', 'TR101', 'TR102', 'TR105']);
  });

  it('wants conditions in every rule', () => {
    const { conditions: _, ...rule } = RULE;

    expect(saidOf(loadRule(rule))).toEqual([expect.stringMatching(/"conditions" is missing/)]);
  });
});

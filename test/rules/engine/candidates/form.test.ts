import { describe, expect, it } from 'vitest';
import { folded, formed } from '../../../../lib/rules/engine/candidates/form.ts';

const NOW = Date.parse('2026-06-15T12:00:00Z');

describe('the form of a fact', () => {
  it.each([
    ['folded', 'AbC', 'abc'],
    ['folded', ['A', 1, null], ['a', null, null]],
    ['address', '10.0.0.1', '400001010000000000000000000000001'],
    ['address', 'no address', null],
    ['instant', '2026-06-15T12:00:00Z', NOW],
    ['instant', 'never', Number.NaN],
    ['age', '2026-06-15T11:59:59.999Z', 1],
    ['age', ['2026-06-15T12:00:00.001Z', 7], [-1, null]],
    ['folded', 7, null],
    ['folded', null, null],
    ['age', undefined, null],
    ['instant', { length: 1 }, null],
  ] as const)('%s of %j is %j', (form, value, expected) => {
    expect(formed(form, value, NOW)).toEqual(expected);
  });

  it('is one for all letters that RE2 takes as alike', () => {
    expect(['s', 'S', 'ſ', 'sſs'].map(folded)).toEqual(['s', 's', 's', 'sss']);
    expect(['k', 'K', '\u212a'].map(folded)).toEqual(['k', 'k', 'k']);
  });
});

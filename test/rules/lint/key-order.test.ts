import { describe, expect, it } from 'vitest';
import { lintFor, rule } from './lint-folder.ts';

describe('TR403 key-order', () => {
  it('warns of members of rules and comparisons in another order', async () => {
    const { name, ...rest } = rule('example', [{ operator: 'equal', fact: 'Title', value: 'x' }]);

    const found = await lintFor('TR403', [{ ...rest, name }]);

    expect(found).toEqual([
      '2:3 warning: "owner" stands out of order. The order is name, owner, priority, conditions, event.',
      '7:9 warning: "operator" stands out of order. The order is fact, operator, value.',
    ]);
  });

  it('accepts the order of the guide, whatever is left out', async () => {
    const ordered = rule('example', [{ name: 'x', fact: 'Title', operator: 'equal', value: 'x' }]);

    expect(await lintFor('TR403', [ordered])).toEqual([]);
  });
});

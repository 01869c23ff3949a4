import { describe, expect, it } from 'vitest';
import { CONTEXT, loadFolder, ruleOn, saidOf } from '../rules-folder.ts';

const leaf = (fact: string) => ({ fact, operator: 'exists', value: true });
const named = (name: string, rule: object) => ({ ...rule, name });
const load = (rules: readonly object[], files: Readonly<Record<string, unknown>> = {}) =>
  loadFolder({
    ...CONTEXT,
    ...files,
    ...Object.fromEntries(rules.map((rule, i) => [`area/${i}.json`, named(`rule-${i}`, rule)])),
  });

describe('circles of shared conditions', () => {
  const condition = (...inner: unknown[]) => ({ condition: { all: inner } });

  it('tells each circle once', () => {
    const files = {
      'conditions/a.json': condition({ condition: 'b' }),
      'conditions/b.json': condition({ not: { condition: 'c' } }),
      'conditions/c.json': condition({ any: [{ condition: 'a' }] }),
      'conditions/self.json': condition({ condition: 'self' }),
      'conditions/fine.json': condition(leaf('Title')),
      'conditions/user.json': condition({ condition: 'a' }, { condition: 'fine' }),
    };

    const said = saidOf(load([ruleOn({ condition: 'user' })], files));

    expect(said).toEqual([
      expect.stringMatching(/TR114 .*a → b → c → a/),
      expect.stringMatching(/TR114 .*self → self/),
    ]);
  });

  it('accepts one condition used twice', () => {
    const files = {
      'conditions/a.json': condition({ condition: 'c' }),
      'conditions/b.json': condition({ condition: 'c' }),
      'conditions/c.json': condition(leaf('Title')),
    };

    expect(saidOf(load([ruleOn({ condition: 'a' }, { condition: 'b' })], files))).toEqual([]);
  });
});

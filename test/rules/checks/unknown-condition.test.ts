import { describe, expect, it } from 'vitest';
import { CONTEXT, codesOf, loadFolder, RULE, ruleOn, saidOf } from '../rules-folder.ts';

const leaf = (fact: string) => ({ fact, operator: 'exists', value: true });
const named = (name: string, rule: object) => ({ ...rule, name });
const load = (rules: readonly object[], files: Readonly<Record<string, unknown>> = {}) =>
  loadFolder({
    ...CONTEXT,
    ...files,
    ...Object.fromEntries(rules.map((rule, i) => [`area/${i}.json`, named(`rule-${i}`, rule)])),
  });

describe('references to shared conditions', () => {
  const condition = (...inner: unknown[]) => ({ condition: { all: inner } });

  it('refuses an unknown one', () => {
    const loaded = load([ruleOn({ condition: 'prodution' })], {
      'conditions/production.json': condition(leaf('Title')),
    });

    expect(saidOf(loaded)).toEqual([expect.stringMatching(/TR113 .* Did you mean "production"/)]);
  });

  it('refuses an unknown one in a shared condition, and takes it for no circle', () => {
    const loaded = load([ruleOn({ condition: 'a' })], {
      'conditions/a.json': condition({ condition: 'absent' }),
    });

    expect(saidOf(loaded)).toEqual([expect.stringMatching(/TR113 /)]);
  });

  it('refuses one in a block on elements', () => {
    const inside = { fact: 'Resources', operator: 'anyElement', value: { all: [{ condition: 'p' }] } };
    const loaded = load([ruleOn(inside)], { 'conditions/p.json': condition(leaf('Title')) });

    expect(saidOf(loaded)).toEqual([expect.stringMatching(/TR113 A block on elements cannot/)]);
  });

  it('checks a shared condition as it checks a rule', () => {
    const files = { 'conditions/a.json': condition({ fact: 'Titel', operator: 'equals', value: 1 }) };

    expect([...codesOf(load([RULE], files))].sort()).toEqual(['TR101', 'TR102']);
  });

  it('refuses a shared condition that is not wrapped', () => {
    expect(saidOf(load([RULE], { 'conditions/a.json': { all: [leaf('Title')] } }))[0]).toMatch(
      /stands in "condition"/,
    );
  });
});

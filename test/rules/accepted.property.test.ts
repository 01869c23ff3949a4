import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileRuleset } from '../../lib/rules/engine/compiled-ruleset.ts';
import { subjectOf } from '../../lib/rules/engine/fact.ts';
import { DECORATORS, OPERATORS } from '../../lib/rules/operators.ts';
import { codesOf, loadRule, ruleOn } from './rules-folder.ts';

const NOW = Date.parse('2026-06-01T00:00:00Z');
const FACTS = [
  'Title',
  'Types',
  'Resources',
  'Resources[*].Id',
  'Resources[*].Tags',
  'Confidence',
  'Sample',
  'CreatedAt',
];
const OWN_FACTS = [
  'lists.ciAccounts',
  'lists.networks',
  'account.teams',
  'account.tier',
  'ageDays',
  'event.actionName',
];

const operator = fc
  .tuple(
    fc.array(fc.constantFrom(...DECORATORS), { maxLength: 3 }),
    fc.constantFrom(...Object.keys(OPERATORS)),
  )
  .map(([decorators, name]) => [...decorators, name].join(':'));
const scalar = fc.constantFrom<unknown>('a', '', '192.0.2.0/24', '2026-01-01', '(', 5, 0, true, null);
const value = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 3 }),
  fc.constantFrom(...FACTS, ...OWN_FACTS).map((fact) => ({ fact })),
  fc
    .constantFrom('Id', 'Tags', 'Tags.env')
    .map((fact) => ({ all: [{ fact, operator: 'equal', value: 'a' }] })),
);
const leaf = fc.record({ fact: fc.constantFrom(...FACTS, ...OWN_FACTS), operator, value });

/** What real findings hold, what they should not, and nothing. */
const member = fc.constantFrom<unknown>(
  undefined,
  null,
  'a',
  5,
  [],
  ['a', 5, null],
  {},
  [{ Id: 'a' }, null, 'x'],
  true,
);
const view = fc
  .record({
    Title: member,
    Types: member,
    Resources: member,
    Confidence: member,
    Sample: member,
    CreatedAt: member,
  })
  .map((members) => ({ ...members, AwsAccountId: '111122223333' }));

describe('a rule that loading accepts', () => {
  it('never makes the engine fail, whatever a finding holds', async () => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(leaf, fc.array(view, { minLength: 1, maxLength: 5 }), async (condition, views) => {
        const { ruleset } = loadRule(ruleOn(condition));
        if (ruleset === null) return;
        accepted += 1;

        const compiled = compileRuleset(ruleset);
        const verdicts = views.map((subject) =>
          compiled.rules[0]?.judge(subjectOf(subject, { detailType: 'x' }, NOW)),
        );

        for (const verdict of await Promise.all(verdicts)) expect(typeof verdict?.matched).toBe('boolean');
      }),
      { numRuns: 2000, seed: 20260601 },
    );
    expect(accepted).toBeGreaterThan(50);
  });

  it('could make the engine fail if it were not checked', async () => {
    const condition = { fact: 'Title', operator: 'someValue:equal', value: 'a' };
    const { ruleset } = loadRule(ruleOn({ fact: 'Title', operator: 'equal', value: 'a' }));
    if (ruleset === null) throw new Error('the rule to start from is accepted');
    const unchecked = {
      ...ruleset,
      rules: ruleset.rules.map((rule) => ({ ...rule, conditions: { all: [condition] } })),
    };
    const compiled = compileRuleset(unchecked);

    const verdict = compiled.rules[0]?.judge(subjectOf({ Title: 'a' }, { detailType: 'x' }, NOW));

    await expect(verdict).rejects.toThrow();
    expect(codesOf(loadRule(ruleOn(condition)))).toEqual(['TR103']);
  });
});

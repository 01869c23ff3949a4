import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileRuleset } from '../../lib/rules/engine/compiled-ruleset.ts';
import { subjectOf } from '../../lib/rules/engine/fact.ts';
import { loadRule, ruleOn } from './rules-folder.ts';

const LABELS = ['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];
const FILES = {
  'context/dated.json': ['LOW', { value: 'CRITICAL', until: '2026-06-30' }],
  'conditions/minor.json': {
    condition: { any: [{ fact: 'Severity.Label', operator: 'in', value: ['LOW'] }] },
  },
};
const labels = fc.subarray(LABELS, { minLength: 1 });
const label = fc.constantFrom(...LABELS);
const leaf = fc.oneof(
  fc.record({
    fact: fc.constant('Severity.Label'),
    operator: fc.constantFrom('equal', 'notEqual', 'not:equal'),
    value: label,
  }),
  fc.record({
    fact: fc.constant('Severity.Label'),
    operator: fc.constantFrom('in', 'notIn', 'not:in'),
    value: labels,
  }),
  fc.record({
    fact: fc.constant('Severity.Label'),
    operator: fc.constantFrom('in', 'notIn', 'someValue:equal', 'everyValue:notEqual'),
    value: fc.constant({ fact: 'lists.dated' }),
  }),
  fc.record({
    fact: fc.constant('Severity.Normalized'),
    operator: fc.constantFrom('lessThan', 'greaterThanInclusive'),
    value: fc.constantFrom(40, 90, 91),
  }),
  fc.record({
    fact: fc.constant('Title'),
    operator: fc.constantFrom('equal', 'notEqual'),
    value: fc.constant('a'),
  }),
  fc.constant({ condition: 'minor' }),
);
const { condition } = fc.letrec<{ condition: unknown }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.record({ all: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('condition') }),
  ),
}));

const SUPPRESSING = {
  expires: '2027-01-31',
  event: { type: 'update', params: { Workflow: { Status: 'SUPPRESSED' } } },
};
const TIMES = ['2026-06-01T00:00:00Z', '2026-07-01T00:00:00Z'].map((time) => Date.parse(time));

describe('a suppressing rule without allowCritical that loading accepts', () => {
  it('never matches a CRITICAL finding, whatever else the finding holds and whenever it is judged', async () => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(condition, fc.constantFrom(undefined, 'a', 'b'), async (drawn, Title) => {
        const { ruleset } = loadRule({ ...ruleOn(drawn), ...SUPPRESSING }, FILES);
        if (ruleset === null) return;
        accepted += 1;
        const view = { Title, Severity: { Label: 'CRITICAL', Normalized: 90 } };

        for (const now of TIMES) {
          const compiled = compileRuleset(ruleset);
          const verdict = compiled.rules[0]?.judge(subjectOf(view, { detailType: 'x' }, now));

          expect((await verdict)?.matched).toBe(false);
        }
      }),
      { numRuns: 1000, seed: 20260601 },
    );
    expect(accepted).toBeGreaterThan(100);
  });
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { candidateRules } from '../../lib/rule-tests/candidate-rules.ts';
import { loadRulesetOrThrow } from '../../lib/rules/load.ts';
import { decide } from '../../lib/triage/decide.ts';
import { RULES_DIR, readSamples } from '../rules-content/content.ts';

const ruleset = loadRulesetOrThrow(RULES_DIR);
const samples = [...readSamples().values()];
const NOW = Date.parse('2026-11-20T00:00:00Z');
const EVENTS = [
  { detailType: 'Security Hub Findings - Imported' },
  {
    detailType: 'Security Hub Findings - Custom Action',
    actionName: 'Accept the risk',
    actionId: 'AcceptRisk',
  },
];

it('leave out no rule that has a say: the decision is that of the whole ruleset', async () => {
  const leftOut: number[] = [];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...samples),
      fc.constantFrom('111122223333', '123456789012', '777788889999', undefined),
      fc.constantFrom('KMS.4', 'S3.8', undefined),
      fc.constantFrom(...EVENTS),
      async (sample, account, control, event) => {
        const finding = {
          ...sample,
          ...(account && { AwsAccountId: account }),
          ...(control && { Compliance: { Status: 'FAILED', SecurityControlId: control } }),
        };

        const rules = candidateRules(ruleset, finding);
        const { trace: _, ...alone } = await decide(finding, event, { ...ruleset, rules }, NOW);
        const { trace, ...whole } = await decide(finding, event, ruleset, NOW);

        leftOut.push(ruleset.rules.length - rules.length);
        expect(alone).toEqual(whole);
        expect(rules.map(({ name }) => name)).toEqual(expect.arrayContaining(trace.map(({ rule }) => rule)));
        expect(rules).toEqual(ruleset.rules.filter((rule) => rules.includes(rule)));
      },
    ),
    { numRuns: 150 },
  );
  expect(Math.min(...leftOut)).toBeGreaterThan(5);
});

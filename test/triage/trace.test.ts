import { describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/findings/finding.ts';
import type { Rule } from '../../lib/rules/rule.ts';
import { decide } from '../../lib/triage/decide.ts';
import type { Decision } from '../../lib/triage/decision.ts';
import { ALWAYS, findingWith, IMPORTED, NOW, ruleWriting } from '../reference/fixtures.ts';
import { rulesetOf } from '../rules/engine/ruleset-of.ts';

const NEVER = { all: [{ fact: 'AwsAccountId', operator: 'equal', value: 'none' }] };

const suppress = ruleWriting({ Workflow: { Status: 'SUPPRESSED' } }, { name: 'suppress' });
const score = ruleWriting({ Confidence: 5 }, { name: 'score' });
const seen: Rule = { ...score, name: 'seen', mode: 'observe' };

async function decided(finding: Finding, ...rules: readonly Rule[]): Promise<Decision> {
  return decide(finding, IMPORTED, rulesetOf(rules), NOW);
}

describe('the trace', () => {
  it('shows each condition as the engine judged it', async () => {
    const named: Rule = {
      ...score,
      conditions: {
        any: [
          { name: 'CI account', fact: 'AwsAccountId', operator: 'in', value: { fact: 'lists.ci' } },
          { not: { fact: 'Severity.Label', operator: 'equal', value: 'HIGH' } },
        ],
      },
    };
    const ruleset = rulesetOf([named], { lists: { ci: [{ value: '111122223333' }] } });

    const { trace } = await decide(
      findingWith({ Severity: { Label: 'LOW' } }),
      IMPORTED,
      ruleset,
      NOW,
      'all',
    );

    expect(trace).toStrictEqual([
      {
        rule: 'score',
        mode: 'enforce',
        matched: true,
        expired: false,
        stopped: false,
        won: ['Confidence'],
        conditions: [
          {
            name: 'CI account',
            fact: 'AwsAccountId',
            operator: 'in',
            expected: ['111122223333'],
            actual: '111122223333',
            result: true,
          },
          { fact: 'Severity.Label', operator: 'equal', expected: 'HIGH', actual: 'LOW', result: false },
        ],
      },
    ]);
  });

  it('shows a rule that would have matched, had it not expired, and lets it decide nothing', async () => {
    const decision = await decided(findingWith(), { ...suppress, expires: '2026-06-14' });

    expect(decision).toMatchObject({
      kind: 'unchanged',
      trace: [{ rule: 'suppress', matched: false, expired: true, stopped: false, won: [] }],
    });
  });

  it.each(['2026-06-15', 'never'])('does not call a rule expired that is valid to %s', async (expires) => {
    expect((await decided(findingWith(), { ...suppress, expires })).trace).toMatchObject([
      { matched: true, expired: false },
    ]);
  });

  it('leaves out rules that do not match, unless every rule is asked for', async () => {
    const ruleset = rulesetOf([
      { ...suppress, conditions: NEVER },
      { ...suppress, name: 'lapsed', conditions: NEVER, expires: '2026-01-01' },
    ]);

    const some = await decide(findingWith(), IMPORTED, ruleset, NOW);
    const all = await decide(findingWith(), IMPORTED, ruleset, NOW, 'all');

    expect(some.trace).toEqual([]);
    expect(all.trace).toMatchObject([
      { rule: 'lapsed', matched: false, expired: false, stopped: false },
      { rule: 'suppress', matched: false, expired: false, stopped: false },
    ]);
  });

  it('shows conditions to whoever asks for every rule, also of a finding that was decided before', async () => {
    const ruleset = rulesetOf([suppress]);

    const traces = [];
    for (const detail of ['matching', 'all', 'matching'] as const)
      traces.push((await decide(findingWith(), IMPORTED, ruleset, NOW, detail)).trace);

    expect(traces.flat().map(({ conditions }) => conditions.length)).toEqual([0, 1, 0]);
  });

  it('shows what a rule with stop cut off', async () => {
    const first: Rule = { ...suppress, priority: 300, stop: true };
    const second: Rule = { ...score, priority: 200, conditions: ALWAYS };

    const decision = await decided(findingWith(), first, second);

    expect(decision.update).not.toHaveProperty('Confidence');
    expect(decision.trace).toMatchObject([
      { rule: 'suppress', stopped: false, won: ['Workflow'] },
      { rule: 'score', matched: true, stopped: true, won: [] },
    ]);
  });

  it.each([
    ['that only observes', { mode: 'observe' as const }],
    ['that has expired', { expires: '2026-01-01' }],
    ['that does not match', { conditions: NEVER }],
  ])('is not cut by a rule with stop %s', async (_, members) => {
    const first: Rule = { ...suppress, priority: 300, stop: true, ...members };

    const decision = await decided(findingWith(), first, score);

    expect(decision.update).toMatchObject({ Confidence: 5 });
    expect(decision.trace.find(({ rule }) => rule === 'score')?.stopped).toBe(false);
  });

  it('shows an observed rule as cut where an observed rule above it stops', async () => {
    const first: Rule = { ...suppress, mode: 'observe', priority: 300, stop: true };

    const decision = await decided(findingWith(), first, seen, score);

    expect(decision.trace.map(({ rule, stopped }) => [rule, stopped])).toEqual([
      ['suppress', false],
      ['score', false],
      ['seen', true],
    ]);
  });
});

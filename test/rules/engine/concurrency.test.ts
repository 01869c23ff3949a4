import { Engine } from 'json-rules-engine';
import { describe, expect, it } from 'vitest';
import { compileRuleset } from '../../../lib/rules/engine/compiled-ruleset.ts';
import { decide } from '../../../lib/triage/decide.ts';
import { ruleOf, rulesetOf } from './ruleset-of.ts';

const NOW = Date.parse('2026-06-15T12:00:00Z');
const EVENT = { detailType: 'Security Hub Findings - Imported' };
const always = { all: [{ fact: 'AwsAccountId', operator: 'exists', value: true }] };
const rules = rulesetOf([
  ruleOf(always, { name: 'first', priority: 3, params: { Confidence: 10 } }),
  ruleOf(always, { name: 'second', priority: 2, params: { Criticality: 10 } }),
  ruleOf(always, { name: 'third', priority: 1, params: { Workflow: { Status: 'NOTIFIED' } } }),
]);
const findings = Array.from({ length: 50 }, (_, index) => ({
  Id: `finding-${index}`,
  ProductArn: 'arn:aws:securityhub:::product/aws/guardduty',
  AwsAccountId: '111122223333',
}));

describe('decisions that overlap', () => {
  it('lose matches on one shared engine, which is why no run is ever shared', async () => {
    const engine = new Engine();
    for (const { name, priority } of rules.rules) {
      engine.addRule({
        name,
        priority,
        conditions: { all: [{ fact: 'wait', operator: 'equal', value: true }] },
        event: { type: name },
      });
    }
    const staggered = findings.map((_, index) => async () => {
      const wait = () => new Promise((resolve) => setTimeout(() => resolve(true), index % 5));
      return (await engine.run({ wait })).events.length;
    });

    const events = await Promise.all(staggered.map((run) => run()));

    expect(Math.min(...events)).toBeLessThan(3);
  });

  it('are the same as one after another', async () => {
    const alone = [];
    for (const finding of findings) alone.push(await decide(finding, EVENT, rules, NOW));

    const together = await Promise.all(findings.map((finding) => decide(finding, EVENT, rules, NOW)));

    expect(together).toEqual(alone);
    expect(together.every((decision) => decision.rules.length === 3)).toBe(true);
  });

  it('share what was compiled of a ruleset', () => {
    expect(compileRuleset(rules)).toBe(compileRuleset(rules));
    expect(compileRuleset({ ...rules })).not.toBe(compileRuleset(rules));
  });

  it('each know their own instant', async () => {
    const young = { all: [{ fact: 'CreatedAt', operator: 'newerThanDays', value: 1 }] };
    const timed = rulesetOf([ruleOf(young, { params: { Confidence: 10 } })]);
    const finding = { ...findings[0], Id: 'a', ProductArn: 'arn:p', CreatedAt: '2026-06-15T00:00:00Z' };
    const instants = Array.from({ length: 20 }, (_, day) => NOW + day * 43_200_000);

    const decisions = await Promise.all(instants.map((nowMs) => decide(finding, EVENT, timed, nowMs)));

    expect(decisions.map(({ kind }) => kind)).toEqual(
      instants.map((nowMs) =>
        nowMs - Date.parse('2026-06-15T00:00:00Z') < 86_400_000 ? 'update' : 'unchanged',
      ),
    );
  });
});

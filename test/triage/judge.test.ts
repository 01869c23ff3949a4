import { describe, expect, it } from 'vitest';
import { compileRuleset } from '../../lib/rules/engine/compiled-ruleset.ts';
import { subjectOf } from '../../lib/rules/engine/fact.ts';
import { lastInstantOf } from '../../lib/rules/engine/last-day.ts';
import type { Condition, Rule } from '../../lib/rules/rule.ts';
import type { TraceDetail } from '../../lib/triage/decision.ts';
import { judgeRules } from '../../lib/triage/judge.ts';
import { findingWith, IMPORTED, NOW, ruleWriting } from '../reference/fixtures.ts';
import { rulesetOf } from '../rules/engine/ruleset-of.ts';

const NEVER = { all: [{ fact: 'AwsAccountId', operator: 'equal', value: 'none' }] };

const holds = ruleWriting({ Confidence: 5 }, { name: 'holds' });
const fails: Rule = { ...holds, name: 'fails', conditions: NEVER };

const compiled = (...rules: readonly Rule[]) => compileRuleset(rulesetOf(rules));
const subject = (nowMs = NOW) => subjectOf(findingWith(), IMPORTED, nowMs);
const all = () => true;

async function judged(detail: TraceDetail, ...rules: readonly Rule[]) {
  const judgements = await judgeRules(compiled(...rules), subject(), all, detail);
  return judgements.map(({ compiled: { rule }, matched, conditions }) => ({
    rule: rule.name,
    matched,
    conditions: conditions.length,
  }));
}

describe('judging', () => {
  it('tells of the rules that match, or of every one with its conditions', async () => {
    expect(await judged('matching', holds, fails)).toEqual([{ rule: 'holds', matched: true, conditions: 0 }]);
    expect(await judged('all', holds, fails)).toEqual([
      { rule: 'fails', matched: false, conditions: 1 },
      { rule: 'holds', matched: true, conditions: 1 },
    ]);
  });

  it('tells of each leaf in the order of the rule, whatever blocks and named conditions it stands in', async () => {
    const leaf = (fact: string) => ({ fact, operator: 'equal', value: 'x' });
    const conditions: Condition = {
      all: [
        leaf('AwsAccountId'),
        { any: [leaf('Title'), { all: [leaf('Region'), { not: leaf('Description') }] }] },
        { condition: 'shared' },
      ],
    };
    const shared: Condition = { any: [leaf('Id'), leaf('ProductArn')] };
    const ruleset = compileRuleset(rulesetOf([{ ...holds, conditions }], { conditions: { shared } }));

    const judgements = await judgeRules(ruleset, subject(), all, 'all');

    expect(judgements.flatMap(({ conditions: leaves }) => leaves.map(({ fact }) => fact))).toEqual([
      'AwsAccountId',
      'Title',
      'Region',
      'Description',
      'Id',
      'ProductArn',
    ]);
  });

  it.each([
    ['no rule can hold', compiled(fails), all],
    ['none of those that can is eligible', compiled(holds), () => false],
  ])('answers at once where %s', (_, ruleset, eligible) => {
    expect(judgeRules(ruleset, subject(), eligible, 'matching')).toEqual([]);
  });

  it('believes the engine, not the index that let a rule through', async () => {
    const ruleset = compiled(holds, fails);
    const lenient = { ...ruleset, candidatesFor: () => ruleset.rules };

    const judgements = await judgeRules(lenient, subject(), all, 'matching');

    expect(judgements.map(({ compiled: { rule } }) => rule.name)).toEqual(['holds']);
  });

  it('calls a rule expired from the first instant after its last day', async () => {
    const ruleset = compiled({ ...holds, expires: '2026-06-15' });
    const end = lastInstantOf('2026-06-15');

    const judgements = [end, end + 1].map((at) => judgeRules(ruleset, subject(at), all, 'matching'));

    expect((await Promise.all(judgements)).flat()).toMatchObject([{ expired: false }, { expired: true }]);
  });
});

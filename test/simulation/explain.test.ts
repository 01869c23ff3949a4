import { describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/findings/finding.ts';
import type { Condition, Rule } from '../../lib/rules/rule.ts';
import { DEFAULT_CONFIG, type Ruleset } from '../../lib/rules/ruleset.ts';
import { explain } from '../../lib/simulation/explain.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const IMPORTED = { detailType: 'Security Hub Findings - Imported' };
const FINDING: Finding = {
  Id: 'f/1',
  ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/guardduty',
  ProductName: 'GuardDuty',
  Region: 'eu-west-1',
  AwsAccountId: '111122223333',
  Severity: { Label: 'LOW' },
  GeneratorId: 'detector',
};

const leaf = (fact: string, value: string, name = fact): Condition => ({
  name,
  fact,
  operator: 'equal',
  value,
});
const HIT = leaf('ProductName', 'GuardDuty');
const OWN = leaf('AwsAccountId', '111122223333');
const TYPE = leaf('GeneratorId', 'detector');
const MISS = leaf('Region', 'us-east-1');
const FAR = leaf('AwsAccountId', '444455556666');

function ruleOf(name: string, conditions: Condition, members: Partial<Rule> = {}): Rule {
  return {
    name,
    owner: '@acme/secops',
    mode: 'enforce',
    priority: 10,
    conditions,
    event: { type: 'update', params: { Confidence: 5 } },
    ...members,
  };
}

function rulesetOf(rules: readonly Rule[], conditions: Ruleset['conditions'] = {}): Ruleset {
  return { rules, conditions, lists: {}, accounts: {}, config: DEFAULT_CONFIG, version: 'v' };
}

async function explainRules(...rules: readonly Rule[]) {
  return explain(FINDING, IMPORTED, rulesetOf(rules, { shared: { all: [HIT, MISS] } }), NOW);
}

describe('an explanation', () => {
  it('says of each rule what became of it', async () => {
    const { rules, decision } = await explainRules(
      ruleOf('wins', { all: [HIT] }, { priority: 90 }),
      ruleOf('late', { all: [HIT] }, { priority: 80 }),
      ruleOf('lapsed', { all: [HIT] }, { priority: 70, expires: '2026-11-21' }),
      ruleOf(
        'watches',
        { all: [HIT] },
        {
          priority: 60,
          mode: 'observe',
          event: { type: 'update', params: { Criticality: 5 } },
        },
      ),
      ruleOf('presses', { all: [leaf('event.actionName', 'x')] }, { priority: 50 }),
      ruleOf('ends', { all: [HIT] }, { priority: 40, stop: true, event: { type: 'update', params: {} } }),
      ruleOf('cut', { all: [HIT] }, { priority: 30 }),
      ruleOf('misses', { all: [HIT, MISS] }, { priority: 20 }),
    );

    expect(Object.fromEntries(rules.map(({ rule, verdict }) => [rule, verdict]))).toEqual({
      wins: 'decides',
      late: 'matches',
      lapsed: 'expired',
      watches: 'observes',
      presses: 'not asked',
      ends: 'matches',
      cut: 'stopped',
      misses: 'misses',
    });
    expect(decision).toMatchObject({ kind: 'update', rules: ['wins'], update: { Confidence: 5 } });
  });

  it.each([
    ['2026-11-22', 0],
    ['2026-11-23', 1],
    ['2027-01-31', 70],
    ['2026-11-21', -1],
    ['never', undefined],
  ])('counts the days to %s', async (expires, days) => {
    const { rules } = await explainRules(ruleOf('a', { all: [HIT] }, { expires }));

    expect(rules[0]?.expiresInDays).toBe(days);
  });

  it.each<[string, Condition, number, number, readonly string[]]>([
    ['one of all', { all: [HIT, MISS] }, 1, 2, ['Region']],
    ['two of all', { all: [HIT, MISS, FAR] }, 1, 3, ['Region', 'AwsAccountId']],
    ['the nearest of any', { any: [{ all: [MISS, FAR] }, { all: [HIT, FAR] }] }, 1, 2, ['AwsAccountId']],
    ['a not', { all: [MISS, { not: HIT }] }, 0, 2, ['Region', 'ProductName']],
    ['a not around all', { all: [{ not: { all: [HIT, HIT] } }] }, 0, 1, ['ProductName']],
    ['a not around any', { all: [{ not: { any: [HIT, MISS] } }] }, 1, 2, ['ProductName']],
    ['a shared condition', { all: [FAR, { condition: 'shared' }] }, 1, 3, ['AwsAccountId', 'Region']],
  ])('says what %s lacks', async (_, condition, fitting, needed, failing) => {
    const { rules } = await explainRules(ruleOf('a', condition));

    expect(rules[0]).toMatchObject({ verdict: 'misses', fitting, needed });
    expect(rules[0]?.failing.map(({ fact }) => fact)).toEqual(failing);
  });

  it('names the first of equals as closest miss, none that has lapsed', async () => {
    const near = { all: [HIT, leaf('Severity.Label', 'LOW'), MISS] };
    const far = { all: [leaf('ProductName', 'Macie'), leaf('Severity.Label', 'HIGH')] };
    const { closestMiss } = await explainRules(
      ruleOf('two', { all: [HIT, MISS, FAR] }, { priority: 40 }),
      ruleOf('lapsed', near, { priority: 30, expires: '2026-11-01' }),
      ruleOf('one', near, { priority: 20 }),
      ruleOf('also one', near, { priority: 10 }),
      ...['a', 'b', 'c', 'd'].map((name) => ruleOf(name, far)),
    );

    expect(closestMiss).toBe('one');
  });

  it('takes for closest what shares a rare trait with the finding, not what every rule asks for', async () => {
    const severity = leaf('Severity.Label', 'LOW');
    const { closestMiss } = await explainRules(
      ruleOf('sampled', { all: [HIT, severity, leaf('Sample', 'true')] }, { priority: 90 }),
      ruleOf('rare', { all: [HIT, OWN, TYPE, MISS] }, { priority: 80 }),
      ...['a', 'b', 'c'].map((name) => ruleOf(name, { all: [HIT, severity, FAR, MISS] })),
    );

    expect(closestMiss).toBe('rare');
  });

  it('takes a rule for far where it asks the contrary of what others ask', async () => {
    const { closestMiss } = await explainRules(
      ruleOf('contrary', { all: [HIT, OWN, TYPE, leaf('Severity.Label', 'HIGH')] }, { priority: 90 }),
      ruleOf('elsewhere', { all: [HIT, OWN, TYPE, MISS] }, { priority: 80 }),
      ...['a', 'b', 'c'].map((name) => ruleOf(name, { all: [HIT, leaf('Severity.Label', 'LOW')] })),
    );

    expect(closestMiss).toBe('elsewhere');
  });

  it.each<[string, Condition]>([
    ['nothing fits', { all: [MISS] }],
    ['as much fails as fits', { all: [HIT, MISS] }],
    [
      'the rule is about another product',
      { all: [leaf('ProductName', 'Macie'), leaf('Severity.Label', 'LOW')] },
    ],
  ])('has no closest miss where %s', async (_, condition) => {
    const { closestMiss } = await explainRules(ruleOf('far', condition), ruleOf('matches', { all: [HIT] }));

    expect(closestMiss).toBeNull();
  });
});

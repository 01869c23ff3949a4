import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../lib/findings/finding.ts';
import type { Rule } from '../../../lib/rules/rule.ts';
import { createDecider } from '../../../lib/simulation/decide/decide-block.ts';
import type { Block } from '../../../lib/simulation/read/block.ts';
import type { Spread } from '../../../lib/simulation/simulation-report.ts';
import { reportOf } from '../../../lib/simulation/tally/report.ts';
import { createTally } from '../../../lib/simulation/tally/tally.ts';
import { rulesetOf } from '../../reference/fixtures.ts';

const NOW_MS = Date.parse('2026-11-22T00:00:00Z');
const DAY_MS = 86_400_000;
const WIDE: Rule = {
  name: 'wide',
  owner: '@acme/secops',
  reason: 'Everything of the scanner.',
  mode: 'enforce',
  priority: 100,
  conditions: { all: [{ fact: 'ProductName', operator: 'equal', value: 'Scanner' }] },
  event: { type: 'update', params: { Workflow: { Status: 'SUPPRESSED' } } },
};

/** Each finding of an account and a day of its own. */
function ownOf(number: number): Finding {
  return {
    Id: `finding/${number}`,
    ProductArn: 'arn:aws:securityhub:eu-west-1::product/acme/scanner',
    ProductName: 'Scanner',
    AwsAccountId: String(100_000_000_000 + number),
    Severity: { Label: 'LOW' },
    UpdatedAt: new Date(NOW_MS - number * DAY_MS).toISOString(),
  };
}

function blockOf(first: number, count: number, findingOf = ownOf): Block {
  const lines = Array.from({ length: count }, (_, i) => findingOf(first + i)).map((finding) =>
    Buffer.from(`${JSON.stringify(finding)}\n`),
  );
  let end = 0;
  const ends = lines.map((line) => {
    end += line.length;
    return end;
  });
  return {
    kind: 'block',
    source: 'x',
    bytes: new Uint8Array(Buffer.concat(lines)),
    ends,
    first,
    unit: 'line',
  };
}

describe('verdicts', () => {
  it.each([
    ['hides', [WIDE], [], 'newlySuppressed'],
    ['showed again', [], [WIDE], 'noLongerSuppressed'],
  ] as const)(
    'are few where one rule %s findings of many accounts and days',
    async (_, head, base, change) => {
      const decider = createDecider({
        ...{ ruleset: rulesetOf(head), base: rulesetOf(base), nowMs: NOW_MS },
        ...{ withLines: false, withSuppressions: false },
      });
      const tally = createTally();
      const blocks = [1, 1_001, 2_001].map((first) => blockOf(first, 1_000));
      let verdicts = 0;

      for (const block of blocks) {
        const decided = await decider.decideBlock(block);
        verdicts += decided.newVerdicts.length;
        tally.addBlock(decided, 0);
      }

      expect(verdicts).toBe(1);
      const { spread } = tally.counted();
      const { byDay, byAccountAndRule, ...rest }: Spread = spread[change];
      expect(rest).toEqual({ earlier: 0, undated: 0, more: { pairs: 0, findings: 0 } });
      expect(byDay).toHaveLength(3_000);
      expect(byAccountAndRule).toHaveLength(3_000);
      expect(byAccountAndRule[0]).toEqual({ account: '100000000001', rule: 'wide', count: 1 });
    },
  );

  it('are as many as pairs of rules that meet, and each rule has the sum of its own', async () => {
    const [accounts, controls] = [40, 60];
    const ruleOf = (name: string, fact: string, value: string, params: Rule['event']['params']): Rule => ({
      ...WIDE,
      name,
      conditions: { all: [{ fact, operator: 'equal', value }] },
      event: { type: 'update', params },
    });
    const rules = [
      ...Array.from({ length: accounts }, (_, i) =>
        ruleOf(`account-${i}`, 'AwsAccountId', String(100_000_000_000 + i), { Confidence: 50 }),
      ),
      ...Array.from({ length: controls }, (_, i) =>
        ruleOf(`control-${i}`, 'GeneratorId', `control/${i}`, { Workflow: { Status: 'SUPPRESSED' } }),
      ),
    ];
    const findingOf = (number: number): Finding => ({
      ...ownOf(number),
      AwsAccountId: String(100_000_000_000 + (number % accounts)),
      GeneratorId: `control/${Math.floor(number / accounts) % controls}`,
    });
    const [ruleset, base] = [rulesetOf(rules), rulesetOf(rules.slice(accounts))];
    const settings = { ruleset, base, nowMs: NOW_MS, withLines: false, withSuppressions: false };
    const deciders = [createDecider(settings), createDecider(settings)];
    const tally = createTally();
    const all = accounts * controls * 2;

    for (const [i, decider] of deciders.entries())
      tally.addBlock(await decider.decideBlock(blockOf((i * all) / 2, all / 2, findingOf)), i);

    const counted = tally.counted();
    const verdicts = [...counted.verdicts];
    expect(verdicts).toHaveLength(accounts * controls);
    expect(new Set(verdicts.map(([, findings]) => findings))).toEqual(new Set([2]));
    const report = reportOf(counted, {
      ...{ ruleset, nowMs: NOW_MS, partial: false },
      base: { ref: 'main', commit: 'abc', ruleset: base },
    });
    const byRule = new Map(report.figures.byRule.map(({ rule, ...counts }) => [rule, counts]));
    const before = new Map(
      report.comparison?.base.figures.byRule.map(({ rule, ...counts }) => [rule, counts]),
    );
    expect(byRule.size).toBe(accounts + controls);
    expect(before.size).toBe(controls);
    for (const { name } of rules) {
      const findings = all / (name.startsWith('account') ? accounts : controls);
      expect(byRule.get(name)).toEqual({ matched: findings, decided: findings });
      if (before.has(name)) expect(before.get(name)).toEqual({ matched: findings, decided: findings });
    }
    expect(report.comparison?.changes.otherFieldsChanged.LOW).toBe(all);
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import type { Import } from '../../lib/import/import-rules.ts';
import { readNativeRules } from '../../lib/import/native/read-rules.ts';
import { importEnforced, NOW_MS } from './compare.ts';
import { compareAll, nativeSource } from './compare-all.ts';
import { comparedFindings } from './findings.ts';
import { NATIVE_RULES } from './native-rules.ts';

const FINDINGS = comparedFindings();

describe('imported native rules, finding by finding', () => {
  let made: Import;
  beforeAll(async () => {
    made = await importEnforced(readNativeRules(NATIVE_RULES, NOW_MS));
  });

  it('end as native rules would, or as the report says', async () => {
    const { acted, counts, unexplained } = await compareAll(made, FINDINGS, nativeSource(NATIVE_RULES));

    expect(unexplained).toEqual([]);
    expect(acted).toBeGreaterThan(FINDINGS.length);
    expect(counts.get('types-are-added')).toBeGreaterThan(10);
    expect(counts.get('people-come-first')).toBeGreaterThan(0);
  }, 120_000);

  it('are told apart from rules that cannot be said and rules that are off', () => {
    const left = made.rules.flatMap(({ title, rule, isLeftOut }) =>
      rule === null ? [[title, isLeftOut]] : [],
    );

    expect(left).toEqual([
      ['Switched off', true],
      ['Notes of one person', false],
    ]);
  });

  it('differ where the order is turned round, where a terminal rule is not, and where one value is another', async () => {
    const upside = NATIVE_RULES.map((rule) => ({ ...rule, RuleOrder: 100 - rule.RuleOrder }));
    const endless = NATIVE_RULES.map((rule) => ({ ...rule, IsTerminal: false }));
    const other = NATIVE_RULES.map((rule) => ({
      ...rule,
      Criteria: { ...rule.Criteria, Title: [{ Value: 'S', Comparison: 'PREFIX' }] },
    }));

    for (const rules of [upside, endless, other]) {
      const { unexplained } = await compareAll(made, FINDINGS, nativeSource(rules));

      expect(unexplained.length).toBeGreaterThan(0);
    }
  }, 120_000);
});

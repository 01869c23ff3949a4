import { describe, expect, it } from 'vitest';
import type { Condition } from '../../../lib/rules/rule.ts';
import { loadFolder } from '../../rules/rules-folder.ts';
import { generateFindingLines, generateFindings } from './findings.ts';
import { matchesOf, ratesOf } from './matching.ts';
import { generateRuleset } from './ruleset.ts';
import { FINDINGS_SEED, WORKLOAD_SEED } from './seeds.ts';

const FEED = {
  'Security Hub': 0.55,
  Inspector: 0.22,
  GuardDuty: 0.07,
  Macie: 0.04,
  'IAM Access Analyzer': 0.04,
  'Prowler, Wiz': 0.08,
};

describe('generated findings', () => {
  const findings = generateFindings(FINDINGS_SEED, 4_000);

  it('are the same at each run, and others for another seed', () => {
    const again = generateFindings(FINDINGS_SEED, 50);
    const lines = generateFindingLines(FINDINGS_SEED, 50);
    const others = generateFindings(FINDINGS_SEED + 1, 50);

    expect(again).toEqual(findings.slice(0, 50));
    expect(lines).toEqual(again.map((finding) => JSON.stringify(finding)));
    expect(others).not.toEqual(again);
  });

  it('come from the products of a real feed in their usual shares', () => {
    const shareOf = (...products: readonly unknown[]) =>
      findings.filter(({ ProductName }) => products.includes(ProductName)).length / findings.length;

    const misses = Object.entries(FEED).map(([names, share]) =>
      Math.abs(shareOf(...names.split(', ')) - share),
    );

    expect(Math.max(...misses)).toBeLessThan(0.015);
  });

  it('have the size of real ones', () => {
    const bytes = findings.map((finding) => Buffer.byteLength(JSON.stringify(finding)));
    const average = bytes.reduce((sum, size) => sum + size, 0) / bytes.length;

    expect(average).toBeGreaterThan(3_100);
    expect(average).toBeLessThan(3_350);
    expect(Math.max(...bytes)).toBeLessThan(4_500);
  });

  it('are told apart by Id and ProductArn', () => {
    const identities = new Set(findings.map(({ Id, ProductArn }) => `${ProductArn} ${Id}`));

    expect(identities.size).toBeGreaterThan(findings.length * 0.95);
  });
});

describe('generated rulesets', () => {
  it('are the same at each run', () => {
    const ruleset = generateRuleset(WORKLOAD_SEED, 100);

    expect(generateRuleset(WORKLOAD_SEED, 100)).toEqual(ruleset);
    expect(generateRuleset(WORKLOAD_SEED + 1, 100).version).not.toBe(ruleset.version);
  });

  it.each([10, 100])('match a third of the findings with %i rules', async (count) => {
    const ruleset = generateRuleset(WORKLOAD_SEED, count);
    const matches = await matchesOf(ruleset, generateFindings(FINDINGS_SEED, 1_000));

    const { matched, matchesPerFinding } = ratesOf(matches);

    expect(matched).toBeGreaterThan(0.31);
    expect(matched).toBeLessThan(0.36);
    expect(matchesPerFinding).toBeGreaterThan(0.35);
    expect(matchesPerFinding).toBeLessThan(0.5);
  });

  it.each([100, 1_000])('pass every check of loading with %i rules', (count) => {
    const ruleset = generateRuleset(WORKLOAD_SEED, count);
    const files = [
      ...ruleset.rules.map((rule) => [`bench/${rule.name}.json`, rule] as const),
      ...Object.entries(ruleset.lists).map(([name, entries]) => [`context/${name}.json`, entries] as const),
    ];

    const loaded = loadFolder(Object.fromEntries(files));

    expect(loaded.diagnostics).toEqual([]);
    expect(loaded.ruleset).toEqual(ruleset);
  });

  it('hold 40 % rules on controls, 20 on resource ids, 15 on tags, 15 on numbers, and 10 nested ones', () => {
    const { rules } = generateRuleset(WORKLOAD_SEED, 1_000);

    const shares = Object.groupBy(rules, ({ name }) => name.split('-')[0] ?? '');

    const counts = Object.entries(shares).map(([kind, ofKind]) => [kind, ofKind?.length]);
    expect(Object.fromEntries(counts)).toEqual({
      control: 400,
      resource: 200,
      tag: 150,
      score: 150,
      nested: 100,
    });
  });

  it('use prefixes, expressions, globs, lists, numbers and nesting', () => {
    const { rules } = generateRuleset(WORKLOAD_SEED, 1_000);

    const used = new Set(rules.flatMap(({ conditions }) => operatorsOf(conditions)));

    for (const operator of ['equal', 'in', 'contains', 'someFact:in', 'someFact:startsWith', 'any', 'not'])
      expect(used).toContain(operator);
    for (const operator of ['someFact:matches', 'someFact:glob', 'someFact:lessThan', 'lessThanInclusive'])
      expect(used).toContain(operator);
    expect(used).toContain('lists');
  });
});

function operatorsOf(condition: Condition): readonly string[] {
  if ('all' in condition) return condition.all.flatMap(operatorsOf);
  if ('any' in condition) return ['any', ...condition.any.flatMap(operatorsOf)];
  if ('not' in condition) return ['not', ...operatorsOf(condition.not)];
  if ('condition' in condition) return [];
  const { value, operator } = condition;
  const named = value !== null && typeof value === 'object' && 'fact' in value;
  return named ? [operator, 'lists'] : [operator];
}

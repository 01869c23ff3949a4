import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../../../lib/findings/finding.ts';
import type { Rule } from '../../../lib/rules/rule.ts';
import { generateFindings } from '../workload/findings.ts';
import { matchesOf } from '../workload/matching.ts';
import { generateRuleset } from '../workload/ruleset.ts';
import { FINDINGS_SEED, WORKLOAD_SEED } from '../workload/seeds.ts';

/** Among so many findings a match is looked for. */
const FINDINGS_TRIED = 3_000;
const MISSES = 4;
const NOW = '2026-11-18T09:00:00Z';

interface Case {
  readonly name: string;
  readonly finding: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly expect: { readonly matches: boolean };
}

/**
 * Writes a rules folder of `count` generated rules, each with a test: a finding that it matches where one of the first
 * few thousand does, and misses. Resolves to the number of cases.
 */
export async function writeRulesFolder(folder: string, count: number): Promise<number> {
  const { rules, lists, ...ruleset } = generateRuleset(WORKLOAD_SEED, count);
  const findings = generateFindings(FINDINGS_SEED, FINDINGS_TRIED);
  const matches = (await matchesOf({ rules, lists, ...ruleset }, findings)).map((names) => new Set(names));
  for (const part of ['samples', 'context', 'generated']) mkdirSync(join(folder, part), { recursive: true });
  const write = (path: string, value: unknown) =>
    writeFileSync(join(folder, path), `${JSON.stringify(value, null, 2)}\n`);
  write('triage.config.json', {});
  for (const [name, list] of Object.entries(lists)) write(`context/${name}.json`, list);
  const sampled = new Set<number>();
  let cases = 0;
  for (const [at, rule] of rules.entries()) {
    const found = matches.findIndex((names) => names.has(rule.name));
    const misses = missesOf(rule, at, matches);
    const tested = casesOf(found, misses);
    for (const index of [found, ...misses]) if (index >= 0) sampled.add(index);
    cases += tested.length;
    write(`generated/${rule.name}.json`, rule);
    write(`generated/${rule.name}.test.json`, { rule: rule.name, now: NOW, cases: tested });
  }
  for (const index of sampled) write(`samples/${sampleName(index)}.json`, findings[index] as Finding);
  return cases;
}

function casesOf(found: number, misses: readonly number[]): readonly Case[] {
  const match: readonly Case[] =
    found < 0 ? [] : [{ name: 'a match', finding: sampleName(found), expect: { matches: true } }];
  return [
    ...match,
    ...misses.map((index, i) => ({
      name: `another finding ${i + 1}`,
      finding: sampleName(index),
      expect: { matches: false },
    })),
  ];
}

/** Findings that the rule does not match, spread over the first 200. */
function missesOf({ name }: Rule, at: number, matches: readonly ReadonlySet<string>[]): readonly number[] {
  const indexes = Array.from({ length: 200 }, (_, i) => (at * 7 + i * 41) % 200);
  return indexes.filter((index) => !matches[index]?.has(name)).slice(0, MISSES);
}

function sampleName(index: number): string {
  return `finding-${String(index + 1).padStart(5, '0')}`;
}

import { beforeAll, describe, expect, it } from 'vitest';
import { generateFindings } from '../workload/findings.ts';
import { matchesOf, ratesOf } from '../workload/matching.ts';
import { generateRuleset } from '../workload/ruleset.ts';
import { FINDINGS_SEED, WORKLOAD_SEED } from '../workload/seeds.ts';
import { PEERS } from './peers.ts';

describe('peers of the benchmark', () => {
  const findings = generateFindings(FINDINGS_SEED, 200);
  const ruleset = generateRuleset(WORKLOAD_SEED, 100);

  let expected: Awaited<ReturnType<typeof matchesOf>> = [];

  beforeAll(async () => {
    expected = await matchesOf(ruleset, findings);
  });

  it.each(Object.entries(PEERS))('%s matches the rules that the product matches', async (_name, build) => {
    const matcher = build(ruleset);

    const matches = [];
    for (const finding of findings) matches.push([...(await matcher(finding))].sort());

    expect(matches).toEqual(expected);
    expect(ratesOf(matches).matched).toBeGreaterThan(0.25);
  });

  it('match a third of the findings with 1,000 rules too', async () => {
    const build = PEERS['json-logic-engine'];
    const matcher = build?.(generateRuleset(WORKLOAD_SEED, 1_000));

    const matches = [];
    for (const finding of generateFindings(FINDINGS_SEED, 1_000))
      matches.push((await matcher?.(finding)) ?? []);

    const { matched, matchesPerFinding } = ratesOf(matches);
    expect(matched).toBeGreaterThan(0.31);
    expect(matched).toBeLessThan(0.36);
    expect(matchesPerFinding).toBeGreaterThan(0.35);
    expect(matchesPerFinding).toBeLessThan(0.5);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../contract/runs.ts';
import { conditionCase, type PatternCase, viewCase } from './cases.ts';
import { nothingSeen, requirePassing, type Seen } from './requirement.ts';

/** Of 40 findings and five rulesets, and of 40 findings and one: with the usual runs 100,000 pairs. */
const CASES = { ofViews: 300, ofConditions: 1_000 };

async function tryAll(cases: fc.Arbitrary<PatternCase>, count: number): Promise<Seen> {
  const seen = nothingSeen();
  await fc.assert(
    fc.asyncProperty(cases, async ({ rulesets, findings, mostBytes }) => {
      const drawn = await findings();
      for (const ruleset of rulesets) await requirePassing(ruleset, drawn, mostBytes, seen);
    }),
    runs(count),
  );
  console.info('seen:', JSON.stringify(seen));
  return seen;
}

describe('the event pattern of a ruleset', () => {
  it('lets through whatever is decided, whoever set values and whatever ruleset ran before', async () => {
    const seen = await tryAll(viewCase, CASES.ofViews);

    expect(seen.wanted).toBeGreaterThan(seen.pairs / 10);
    expect(seen.wantedUnmarked).toBeGreaterThan(seen.pairs / 20);
    expect(seen.keptOut).toBeGreaterThan(seen.pairs / 10);
  }, 600_000);

  it('lets through whatever is decided, whatever conditions rules have', async () => {
    const seen = await tryAll(conditionCase, CASES.ofConditions);

    expect(seen.wanted).toBeGreaterThan(seen.pairs / 10);
    expect(seen.wantedUnmarked).toBeGreaterThan(seen.pairs / 20);
    expect(seen.keptOut).toBeGreaterThan(seen.pairs / 50);
  }, 600_000);
});

import { describe, expect, it } from 'vitest';
import { generateRuleset } from '../workload/ruleset.ts';
import { WORKLOAD_SEED } from '../workload/seeds.ts';
import { prepareMatching } from './matching.ts';

describe('a round of the benchmark', () => {
  it('lets an engine forget before each pass over the findings, so that none is met twice', async () => {
    const met = new Set<string>();
    let repeated = 0;
    const judge = ({ Id, ProductArn }: { readonly Id: string; readonly ProductArn: string }) => {
      const key = `${ProductArn} ${Id}`;
      if (met.has(key)) repeated += 1;
      met.add(key);
      return [];
    };
    let forgotten = 0;
    const forget = () => {
      forgotten += 1;
      met.clear();
    };

    const measurement = await prepareMatching(
      generateRuleset(WORKLOAD_SEED, 1),
      () => Object.assign(judge, { forget }),
      1_000,
    );
    const before = forgotten;
    await measurement.round();

    expect(forgotten).toBeGreaterThan(before);
    expect(repeated).toBe(0);
  }, 180_000);
});

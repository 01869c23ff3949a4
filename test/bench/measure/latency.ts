import type { Finding } from '../../../lib/findings/finding.ts';
import type { Ruleset } from '../../../lib/rules/ruleset.ts';
import type { Matcher } from '../peers/matcher.ts';
import { quantile } from '../statistics.ts';
import { generateFindingLines } from '../workload/findings.ts';
import { FINDINGS_SEED } from '../workload/seeds.ts';
import type { Measurement } from './job.ts';
import { collectGarbage } from './matching.ts';
import { buildDecide } from './product.ts';

const WARM_UP = 30;
/** A hundredth of fewer findings is no number to speak of. */
const FEWEST = 200;
const ROUND_MS = 4_000;

/** Times each decision by itself, parsing included: what the median tells nothing about is the slowest hundredth. */
export async function prepareLatency(ruleset: Ruleset, count: number): Promise<Measurement> {
  const started = performance.now();
  const decide = buildDecide(ruleset);
  const lines = generateFindingLines(FINDINGS_SEED, await affordable(decide, count));
  const round = async () => {
    collectGarbage();
    decide.forget?.();
    const tookUs: number[] = [];
    for (const line of lines) {
      const from = performance.now();
      await decide(JSON.parse(line) as Finding);
      tookUs.push((performance.now() - from) * 1_000);
    }
    return { p50Us: quantile(tookUs, 0.5), p99Us: quantile(tookUs, 0.99) };
  };
  await round();
  return {
    preparation: { readyMs: performance.now() - started, heapBytes: 0, findings: lines.length },
    verdicts: () => Promise.reject(new Error('Latency is measured of decisions that others compare.')),
    round,
  };
}

/** As many findings as a round has time for, and no fewer than a hundredth can be told of. */
async function affordable(decide: Matcher, most: number): Promise<number> {
  const lines = generateFindingLines(FINDINGS_SEED, WARM_UP);
  const started = performance.now();
  for (const line of lines) await decide(JSON.parse(line) as Finding);
  const eachMs = (performance.now() - started) / WARM_UP;
  return Math.min(most, Math.max(FEWEST, Math.floor(ROUND_MS / eachMs)));
}

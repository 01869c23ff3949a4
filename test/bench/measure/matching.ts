import type { Finding } from '../../../lib/findings/finding.ts';
import type { Ruleset } from '../../../lib/rules/ruleset.ts';
import type { BuildMatcher, Matcher } from '../peers/matcher.ts';
import { generateFindingLines } from '../workload/findings.ts';
import { FINDINGS_SEED } from '../workload/seeds.ts';
import type { MatchingRound, Measurement } from './job.ts';

/** More than a processor keeps in its caches: 32 MB of findings. */
const FINDINGS = 10_000;
const FEWEST_FINDINGS = 3;
/** Where one pass is shorter than this, passes are repeated: some systems count a thread's time in steps of milliseconds. */
const SHORTEST_PASS_MS = 400;

/**
 * Times one engine on one ruleset. A round parses the same lines without and with judging, by turns, so that
 * whatever else the machine does falls on both. Slow engines judge an evenly spaced part of the findings.
 */
export async function prepareMatching(
  ruleset: Ruleset,
  build: BuildMatcher,
  budgetMs: number,
): Promise<Measurement> {
  const lines = generateFindingLines(FINDINGS_SEED, FINDINGS);
  collectGarbage();
  const heapBeforeBytes = process.memoryUsage().heapUsed;
  const started = threadMs();
  const matcher = build(ruleset);
  await matcher(JSON.parse(lines[0] ?? '') as Finding);
  const readyMs = threadMs() - started;
  collectGarbage();
  const heapBytes = process.memoryUsage().heapUsed - heapBeforeBytes;
  const part = evenlySpaced(lines, await affordable(lines, matcher, budgetMs));
  return {
    preparation: { readyMs, heapBytes, findings: part.length },
    verdicts: async (indexes) => {
      const verdicts: (readonly string[])[] = [];
      for (const index of indexes)
        verdicts.push([...(await matcher(JSON.parse(lines[index] ?? '') as Finding))].sort());
      return verdicts;
    },
    round: () => timeRound(part, matcher),
  };
}

async function timeRound(lines: readonly string[], matcher: Matcher): Promise<MatchingRound> {
  collectGarbage();
  let [parseMs, parsed, totalMs, judged] = [0, 0, 0, 0];
  while (parseMs < SHORTEST_PASS_MS || totalMs < SHORTEST_PASS_MS) {
    if (parseMs < SHORTEST_PASS_MS) {
      parseMs += parsePass(lines);
      parsed += lines.length;
    }
    if (totalMs < SHORTEST_PASS_MS) {
      totalMs += await judgePass(lines, matcher);
      judged += lines.length;
    }
  }
  return { parseUs: (parseMs * 1_000) / parsed, totalUs: (totalMs * 1_000) / judged };
}

/** Results are counted so that no compiler can leave the work out. */
export let sink = 0;

function parsePass(lines: readonly string[]): number {
  const started = threadMs();
  for (const line of lines) sink += typeof (JSON.parse(line) as Finding).Id === 'string' ? 1 : 0;
  return threadMs() - started;
}

/** Each pass starts from nothing: what repeats within it are different findings. */
async function judgePass(lines: readonly string[], matcher: Matcher): Promise<number> {
  matcher.forget?.();
  const started = threadMs();
  for (const line of lines) {
    const names = matcher(JSON.parse(line) as Finding);
    // Who answers at once is not made to wait.
    sink += (names instanceof Promise ? await names : names).length;
  }
  return threadMs() - started;
}

/**
 * What this thread has computed for, in milliseconds. Nothing here waits, so on a quiet machine it is the time that
 * passes; on a shared one it leaves out the turns of others, which would fall on one engine and spare the next.
 */
function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/** How many findings the engine judges within the budget, after as many have warmed it up. */
async function affordable(lines: readonly string[], matcher: Matcher, budgetMs: number): Promise<number> {
  let count = FEWEST_FINDINGS;
  for (;;) {
    const tookMs = await judgePass(evenlySpaced(lines, count), matcher);
    if (tookMs > budgetMs / 4 || count === lines.length)
      return Math.min(lines.length, Math.max(FEWEST_FINDINGS, Math.floor((count * budgetMs) / tookMs)));
    count = Math.min(lines.length, count * 4);
  }
}

export function evenlySpaced<T>(items: readonly T[], count: number): readonly T[] {
  const step = items.length / count;
  return Array.from({ length: count }, (_unused, index) => items[Math.floor(index * step)] as T);
}

export function collectGarbage(): void {
  globalThis.gc?.();
}

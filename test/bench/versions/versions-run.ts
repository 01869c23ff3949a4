import type { BenchOptions } from '../arguments.ts';
import { type Child, startChild } from '../child.ts';
import type { MatchingRound } from '../measure/job.ts';
import { evenlySpaced } from '../measure/matching.ts';
import type { Progress } from '../peers-run.ts';
import { table } from '../report/tables.ts';
import { median } from '../statistics.ts';
import { judgeRatios, type Verdict } from './verdict.ts';
import type { Version } from './worktree.ts';

export interface VersionFigures {
  readonly rules: number;
  /** Parsing and deciding one finding, the median of each version. */
  readonly totalUs: readonly [number, number];
  readonly verdict: Verdict;
  /** Findings of the sample on which the two versions match different rules: then they do different work. */
  readonly differing: number;
}

const FULL = { pairs: 9, rounds: 3, budgetMs: 600 };
const QUICK = { pairs: 5, rounds: 1, budgetMs: 150 };

/**
 * Measures `decide` of two versions by turns, in pairs of fresh processes: what a process gets by luck (where its code
 * lies, what the compiler took for granted) it keeps, so only other processes tell luck from merit.
 */
export async function measureVersions(
  versions: readonly [Version, Version],
  { sizes, quick }: BenchOptions,
  progress: Progress,
): Promise<readonly VersionFigures[]> {
  const effort = quick ? QUICK : FULL;
  const figures: VersionFigures[] = [];
  for (const size of sizes) {
    const pairs = [];
    for (let pair = 0; pair < effort.pairs; pair += 1) {
      progress(`${size} rules: pair ${pair + 1} of ${effort.pairs}`);
      pairs.push(await measurePair(versions, size, effort, pair % 2 === 1));
    }
    figures.push({
      rules: size,
      totalUs: [median(pairs.map(({ first }) => first)), median(pairs.map(({ second }) => second))],
      verdict: judgeRatios(pairs.map(({ ratio }) => ratio)),
      differing: Math.max(...pairs.map(({ differing }) => differing)),
    });
  }
  return figures;
}

interface Pair {
  readonly first: number;
  readonly second: number;
  readonly ratio: number;
  readonly differing: number;
}

async function measurePair(
  [one, two]: readonly [Version, Version],
  size: number,
  { rounds, budgetMs }: typeof FULL,
  swapped: boolean,
): Promise<Pair> {
  const children: Child<MatchingRound>[] = [];
  const start = async ({ root }: Version) => {
    const child = await startChild({ kind: 'version', root, size, budgetMs });
    children.push(child);
    return child;
  };
  try {
    const [first, second] = [await start(one), await start(two)];
    const taken = { first: [] as MatchingRound[], second: [] as MatchingRound[] };
    // By turns, and each version first as often as the other: the machine may grow slower on the way.
    for (let round = 0; round < rounds; round += 1) {
      const order =
        (round % 2 === 1) === swapped ? (['first', 'second'] as const) : (['second', 'first'] as const);
      for (const name of order) taken[name].push(await (name === 'first' ? first : second).round());
    }
    const differing = await countDiffering(first, second, size);
    return {
      first: median(taken.first.map(({ totalUs }) => totalUs)),
      second: median(taken.second.map(({ totalUs }) => totalUs)),
      ratio: median(taken.first.map(inParses)) / median(taken.second.map(inParses)),
      differing,
    };
  } finally {
    for (const child of children) child.end();
  }
}

/** In units of parsing alone, timed in the same round: a slower moment of the machine slows both. */
const inParses = ({ totalUs, parseUs }: MatchingRound): number => totalUs / parseUs;

async function countDiffering(
  first: Child<MatchingRound>,
  second: Child<MatchingRound>,
  size: number,
): Promise<number> {
  const count = Math.max(4, Math.min(200, Math.floor(20_000 / size)));
  const indexes = evenlySpaced(
    Array.from({ length: 10_000 }, (_unused, index) => index),
    count,
  );
  const [ours, theirs] = [await first.verdicts(indexes), await second.verdicts(indexes)];
  return ours.filter((names, place) => names.join() !== theirs[place]?.join()).length;
}

export function versionsTable(
  [one, two]: readonly [Version, Version],
  figures: readonly VersionFigures[],
): string {
  const name = ({ ref, commit }: Version) => `${ref} (${commit})`;
  const header = ['rules', `${name(one)} µs`, `${name(two)} µs`, 'ratio', '95 % interval', `${two.ref} is`];
  const rows = figures.map(({ rules, totalUs, verdict, differing }) => [
    String(rules),
    ...totalUs.map((us) => us.toFixed(1)),
    verdict.ratio.toFixed(2),
    `${verdict.interval.low.toFixed(2)} – ${verdict.interval.high.toFixed(2)}`,
    differing === 0 ? verdict.says : `${verdict.says}, but ${differing} findings are judged otherwise`,
  ]);
  return table(header, rows);
}

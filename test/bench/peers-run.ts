import type { BenchOptions } from './arguments.ts';
import { type Child, startChild } from './child.ts';
import type { BatchRound, LatencyRound, MatchingRound, Memory } from './measure/job.ts';
import { evenlySpaced } from './measure/matching.ts';
import { BOUND, JUDGED, METHODS } from './measure/methods.ts';
import { DECIDE } from './measure/product.ts';
import { requireSameVerdicts } from './same-verdicts.ts';
import { median } from './statistics.ts';
import { type MatchRates, ratesOf } from './workload/matching.ts';

/** One engine at one size. */
export interface MethodFigures {
  readonly method: string;
  readonly findingsPerSecond: number;
  /** Parsing alone ÷ parsing and judging, the median of all rounds: 1 is matching for nothing. */
  readonly ratio: number;
  readonly addedUs: number;
  readonly readyMs: number;
  readonly heapBytes: number;
  readonly peakRssBytes: number;
  readonly findingsPerRound: number;
}

export interface SizeFigures {
  readonly rules: number;
  readonly rates: MatchRates;
  readonly methods: readonly MethodFigures[];
  readonly latency: LatencyRound;
  readonly batch: BatchRound;
}

export type Progress = (text: string) => void;

/** Rounds, and how long one takes of a slow engine. */
const FULL = { rounds: 9, budgetMs: 1_500 };
const QUICK = { rounds: 3, budgetMs: 300 };
const LATENCY_FINDINGS = 3_000;

/** Measures every engine at every size: one process an engine and size, rounds by turns, verdicts compared first. */
export async function measurePeers(
  { sizes, quick }: BenchOptions,
  progress: Progress,
): Promise<readonly SizeFigures[]> {
  const effort = quick ? QUICK : FULL;
  const figures: SizeFigures[] = [];
  for (const size of sizes) figures.push(await measureSize(size, effort, progress));
  return figures;
}

async function measureSize(size: number, effort: typeof FULL, progress: Progress): Promise<SizeFigures> {
  const children = new Map<string, Child<MatchingRound>>();
  try {
    for (const method of Object.keys(METHODS)) {
      progress(`${size} rules: readying ${method}`);
      const job = { kind: 'matching', method, size, budgetMs: effort.budgetMs } as const;
      children.set(method, await startChild(job));
    }
    progress(`${size} rules: comparing verdicts`);
    const rates = await compareVerdicts(size, children);
    const rounds = await takeTurns(children, effort.rounds, (round) =>
      progress(`${size} rules: round ${round} of ${effort.rounds}`),
    );
    const methods: MethodFigures[] = [];
    for (const [method, child] of children)
      methods.push(figuresOf(method, child, rounds.get(method) ?? [], await child.memory()));
    for (const child of children.values()) child.end();
    children.clear();
    progress(`${size} rules: single decisions, then whole batches`);
    const latency = await measureLatency(size, effort.rounds);
    const batch = await measureBatch(size, effort.rounds);
    return { rules: size, rates, methods, latency, batch };
  } finally {
    for (const child of children.values()) child.end();
  }
}

/** How many findings every engine judges for comparison; the slowest takes most of a second for one. */
const sampleSize = (rules: number): number => Math.max(12, Math.min(200, Math.floor(60_000 / rules)));
const FINDINGS = 10_000;
const RATE_FINDINGS = 2_000;

/** Throws where an engine matches other rules than the product: what is not the same work is not compared. */
async function compareVerdicts(
  rules: number,
  children: ReadonlyMap<string, Child<MatchingRound>>,
): Promise<MatchRates> {
  const all = Array.from({ length: FINDINGS }, (_unused, index) => index);
  const indexes = evenlySpaced(all, sampleSize(rules));
  const ask = (method: string) => {
    const child = children.get(method);
    if (child === undefined) throw new Error(`${method} was not readied.`);
    return child.verdicts(indexes);
  };
  const expected = await ask(DECIDE);
  for (const method of JUDGED) {
    const verdicts = await ask(method);
    requireSameVerdicts({ method, verdicts }, { method: DECIDE, verdicts: expected }, indexes);
  }
  // Of the rates more findings tell more, and the product judges as many as it can in a round.
  const affordable = children.get(DECIDE)?.preparation.findings ?? 0;
  if (affordable <= indexes.length) return ratesOf(expected);
  const more = evenlySpaced(all, Math.min(RATE_FINDINGS, affordable));
  return ratesOf((await children.get(DECIDE)?.verdicts(more)) ?? expected);
}

async function takeTurns(
  children: ReadonlyMap<string, Child<MatchingRound>>,
  count: number,
  onRound: (round: number) => void,
): Promise<ReadonlyMap<string, MatchingRound[]>> {
  const rounds = new Map<string, MatchingRound[]>([...children.keys()].map((method) => [method, []]));
  for (let round = 1; round <= count; round += 1) {
    onRound(round);
    for (const [method, child] of children) rounds.get(method)?.push(await child.round());
  }
  return rounds;
}

function figuresOf(
  method: string,
  { preparation }: Child<MatchingRound>,
  rounds: readonly MatchingRound[],
  memory: Memory,
): MethodFigures {
  // The bound is parsing alone; a second measurement of it would only say how much the machine trembles.
  const totalUs = (round: MatchingRound) => (method === BOUND ? round.parseUs : round.totalUs);
  return {
    method,
    findingsPerSecond: 1e6 / median(rounds.map(totalUs)),
    ratio: median(rounds.map((round) => round.parseUs / totalUs(round))),
    addedUs: median(rounds.map((round) => totalUs(round) - round.parseUs)),
    readyMs: preparation.readyMs,
    // Something else may have been freed meanwhile.
    heapBytes: Math.max(0, preparation.heapBytes),
    peakRssBytes: memory.peakRssBytes,
    findingsPerRound: preparation.findings,
  };
}

async function measureLatency(size: number, rounds: number): Promise<LatencyRound> {
  const findings = Math.min(LATENCY_FINDINGS, 300 * rounds);
  const taken = await repeat(await startChild({ kind: 'latency', size, findings }), rounds);
  return { p50Us: median(taken.map(({ p50Us }) => p50Us)), p99Us: median(taken.map(({ p99Us }) => p99Us)) };
}

async function measureBatch(size: number, rounds: number): Promise<BatchRound> {
  const taken = await repeat(await startChild({ kind: 'batch', size }), rounds);
  return {
    batchMs: median(taken.map(({ batchMs }) => batchMs)),
    decideMs: median(taken.map(({ decideMs }) => decideMs)),
    calls: median(taken.map(({ calls }) => calls)),
    updated: median(taken.map(({ updated }) => updated)),
  };
}

async function repeat<Round>(child: Child<Round>, count: number): Promise<readonly Round[]> {
  try {
    const rounds: Round[] = [];
    for (let round = 0; round < count; round += 1) rounds.push(await child.round());
    return rounds;
  } finally {
    child.end();
  }
}

import { DEFAULT_CONFIGURATION } from '../../../lib/infrastructure/configuration/configuration.ts';
import { FUNCTION_TIMEOUT_SECONDS } from '../../../lib/infrastructure/queues/timings.ts';
import {
  burstArrivals,
  type Delivery,
  poissonArrivals,
  withRepetitions,
} from '../../../lib/simulation/economics/arrivals.ts';
import type { DecidedFinding } from '../../../lib/simulation/economics/decided-finding.ts';
import { type Figures, figuresOf } from '../../../lib/simulation/economics/figures.ts';
import { simulateStack } from '../../../lib/simulation/economics/simulate.ts';
import type { StackSettings } from '../../../lib/simulation/economics/stack.ts';
import { createRandom } from '../workload/random.ts';

/** Messages a second, or all at once. */
export type Arrival = number | 'burst';

/** What is deployed by default, and what nobody has measured: how long a call and a message take, when echoes come. */
export const DEPLOYED: StackSettings = {
  batchSize: DEFAULT_CONFIGURATION.batchSize,
  windowMs: DEFAULT_CONFIGURATION.batchingWindowSeconds * 1_000,
  maxConcurrency: DEFAULT_CONFIGURATION.maxConcurrency,
  pollers: DEFAULT_CONFIGURATION.maxConcurrency,
  perSecond: DEFAULT_CONFIGURATION.callsPerSecond,
  burst: DEFAULT_CONFIGURATION.callBurst,
  timeoutMs: FUNCTION_TIMEOUT_SECONDS * 1_000,
  callMs: 200,
  messageMs: 1,
  echoMs: 2_000,
};

/** Providers update findings again and queues deliver at least once: this share comes twice within a minute. */
export const REPEATED_SHARE = 0.02;
const REPEATED_WITHIN_MS = 60_000;
/** A burst comes when every call budget is full. */
const BURST_AT_MS = 60_000;

/** Findings to stream, and how long a stream lasts at least: its last, incomplete batches must not count for much. */
export interface StreamSource {
  readonly findings: readonly DecidedFinding[];
  readonly leastSeconds: number;
}

export interface ScenarioResult {
  readonly settings: StackSettings;
  readonly deliveries: readonly Delivery[];
  /** The findings of the stream: those given, as often as it took to make the stream long enough. */
  readonly decided: readonly DecidedFinding[];
  readonly figures: Figures;
}

/** Plays a stream of these findings; the same arguments give the same figures on every machine. */
export function playScenario(
  { findings, leastSeconds }: StreamSource,
  arrival: Arrival,
  changed: Partial<StackSettings> = {},
): ScenarioResult {
  const settings = { ...DEPLOYED, ...changed };
  const random = createRandom(11).next;
  const rounds = arrival === 'burst' ? 1 : Math.ceil((arrival * leastSeconds) / findings.length);
  const decided = Array.from({ length: rounds }, (_, round) =>
    findings.map((one) => another(one, round)),
  ).flat();
  const first =
    arrival === 'burst'
      ? burstArrivals(decided.length, BURST_AT_MS)
      : poissonArrivals(decided.length, arrival, random);
  const deliveries = withRepetitions(first, REPEATED_SHARE, REPEATED_WITHIN_MS, random);
  const figures = figuresOf(simulateStack(deliveries, decided, settings, random), deliveries, decided);
  assertFewest(figures);
  return { settings, deliveries, decided, figures };
}

/** The same decision about a finding of its own. */
function another(one: DecidedFinding, round: number): DecidedFinding {
  if (round === 0) return one;
  const { Id, ProductArn } = one.decision.finding;
  return { ...one, decision: { ...one.decision, finding: { Id: `${Id}/${round}`, ProductArn } } };
}

function assertFewest({ calls, planned, fewestOfBatches, returned }: Figures): void {
  if (planned !== fewestOfBatches || (returned === 0 && calls !== planned))
    throw new Error(
      `${calls} calls of ${planned} planned, where ${fewestOfBatches} are the fewest possible.`,
    );
}

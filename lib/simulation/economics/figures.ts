import type { Delivery } from './arrivals.ts';
import type { DecidedFinding } from './decided-finding.ts';
import { fewestCalls, payloadSizes } from './fewest-calls.ts';
import type { Invocation } from './invocation.ts';
import type { SimulatedRun } from './simulate.ts';

/** How long something took, in milliseconds: half, and 95 % of the updates, took no longer. */
export interface Quantiles {
  readonly p50Ms: number;
  readonly p95Ms: number;
}

/** What a simulated run comes to. */
export interface Figures {
  /** Messages the function received, echoes and repetitions included. */
  readonly messages: number;
  readonly invocations: number;
  /** Findings that were sent, each time counted: one call each is what a function without grouping makes. */
  readonly updates: number;
  /** Messages that asked for an update: one call each is what a function without any view of its batch makes. */
  readonly asking: number;
  readonly calls: number;
  /** Calls that were planned; more than `calls` where time ran out and messages returned. */
  readonly planned: number;
  /** The fewest calls the batches as received could do with. */
  readonly fewestOfBatches: number;
  /** The fewest calls the whole stream could do with, had one batch held it all. */
  readonly fewestOfStream: number;
  /** From the event to the start of the invocation that updated the finding. */
  readonly wait: Quantiles;
  /** From the event to the call. */
  readonly update: Quantiles;
  /** From the first delivery to the last call. */
  readonly doneMs: number;
  readonly returned: number;
  readonly givenUp: number;
}

/** Adds up what a run did; `deliveries` and `decided` are what it was given. */
export function figuresOf(
  { invocations, givenUp }: SimulatedRun,
  deliveries: readonly Delivery[],
  decided: readonly DecidedFinding[],
): Figures {
  const total = (count: (invocation: Invocation) => number) =>
    invocations.reduce((sum, invocation) => sum + count(invocation), 0);
  const delivered = [...new Set(deliveries.map(({ finding }) => finding))];
  const stream = delivered.flatMap((finding) => decided[finding]?.decision ?? []);
  const waits = invocations.flatMap(waitsOf);
  const firstMs = deliveries.reduce((first, { atMs }) => Math.min(first, atMs), Number.POSITIVE_INFINITY);
  const lastMs = invocations.reduce(
    (last, { calls }) => calls.reduce((latest, { atMs }) => Math.max(latest, atMs), last),
    firstMs,
  );
  return {
    messages: total(({ messages }) => messages.length),
    invocations: invocations.length,
    updates: total(({ calls }) => calls.reduce((sum, { findings }) => sum + findings.length, 0)),
    asking: total(({ asking }) => asking),
    calls: total(({ calls }) => calls.length),
    planned: total(({ planned }) => planned),
    fewestOfBatches: total(({ fewest }) => fewest),
    fewestOfStream: fewestCalls(payloadSizes(stream)),
    wait: quantilesOf(waits.map(({ waitMs }) => waitMs)),
    update: quantilesOf(waits.map(({ updateMs }) => updateMs)),
    doneMs: deliveries.length === 0 ? 0 : lastMs - firstMs,
    returned: total(({ returned }) => returned.length),
    givenUp,
  };
}

/** For each finding that an invocation updated, how long its first message in the batch waited. */
function waitsOf({
  startedMs,
  messages,
  calls,
}: Invocation): { readonly waitMs: number; readonly updateMs: number }[] {
  const madeMs = new Map<number, number>();
  for (const message of messages)
    madeMs.set(message.finding, Math.min(message.madeMs, madeMs.get(message.finding) ?? message.madeMs));
  return calls.flatMap(({ atMs, findings }) =>
    findings.map((finding) => {
      const since = madeMs.get(finding) ?? startedMs;
      return { waitMs: startedMs - since, updateMs: atMs - since };
    }),
  );
}

/** Nearest-rank quantiles; 0 where there is nothing to rank. */
function quantilesOf(values: readonly number[]): Quantiles {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { p50Ms: rank(0.5), p95Ms: rank(0.95) };
}

import { createAgenda } from './agenda.ts';
import type { Delivery } from './arrivals.ts';
import type { DecidedFinding } from './decided-finding.ts';
import { type ExecutionEnvironment, type Invocation, invoke, type Settled } from './invocation.ts';
import { collect, createPoller, type Poller, type QueuedMessage, startInvocation } from './poller.ts';
import { MAX_RECEIVE_COUNT, returnDelayMs, type StackSettings } from './stack.ts';

/** What a stack did with a stream of findings. */
export interface SimulatedRun {
  readonly invocations: readonly Invocation[];
  /** Messages that SQS gave up after ten deliveries. */
  readonly givenUp: number;
}

type Happening =
  | { readonly kind: 'arrival'; readonly message: QueuedMessage }
  | { readonly kind: 'windowEnd'; readonly poller: Poller; readonly round: number }
  | {
      readonly kind: 'invocationEnd';
      readonly poller: Poller;
      readonly environment: ExecutionEnvironment;
      readonly invocation: Invocation;
    };

/**
 * Plays the deployed stack over virtual time: messages fall to one of the batches that Lambda collects; a batch is
 * handed over when it is full (count or 6 MB) or its window ends, as soon as an execution environment is free; the
 * product's own plan says which calls are made. Updates come back as events, returned messages come again.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 *
 * @param random numbers in [0, 1), which say to which batch a message falls.
 */
export function simulateStack(
  deliveries: readonly Delivery[],
  decided: readonly DecidedFinding[],
  settings: StackSettings,
  random: () => number,
): SimulatedRun {
  const agenda = createAgenda<Happening>();
  const pollers = Array.from({ length: settings.pollers }, createPoller);
  const environments = Array.from({ length: settings.maxConcurrency }, (_, name) => ({
    name,
    tokens: { left: settings.burst, atMs: 0 },
    busy: false,
    freedMs: 0,
  }));
  const settled: Settled = new Map();
  const waiting: QueuedMessage[] = [];
  const closed: Poller[] = [];
  const invocations: Invocation[] = [];
  let givenUp = 0;
  let taken = 0;

  function arrive(atMs: number, finding: number): void {
    const bytes = decided[finding]?.recordBytes ?? 0;
    agenda.put(atMs, { kind: 'arrival', message: { finding, madeMs: atMs, bytes, receives: 0 } });
  }

  /** Hands waiting messages to the batches that are being collected. */
  function distribute(nowMs: number): void {
    while (taken < waiting.length) {
      const open = pollers.filter(({ state }) => state === 'collecting');
      const poller = open[Math.floor(random() * open.length)];
      const message = waiting[taken];
      if (poller === undefined || message === undefined) break;
      if (poller.batch.length === 0) {
        const { round } = poller;
        agenda.put(nowMs + settings.windowMs, { kind: 'windowEnd', poller, round });
      }
      if (collect(poller, message, settings.batchSize)) taken += 1;
      if (poller.state === 'closed') closed.push(poller);
      startClosed(nowMs);
    }
    if (taken === waiting.length) {
      waiting.length = 0;
      taken = 0;
    }
  }

  function startClosed(nowMs: number): void {
    while (closed.length > 0) {
      // Lambda prefers the environment that was used last.
      const [environment] = environments.filter(({ busy }) => !busy).sort((a, b) => b.freedMs - a.freedMs);
      const poller = environment && closed.shift();
      if (environment === undefined || poller === undefined) return;
      const batch = startInvocation(poller);
      const invocation = invoke(batch, decided, environment, settled, nowMs, settings);
      environment.busy = true;
      agenda.put(invocation.endedMs, { kind: 'invocationEnd', poller, environment, invocation });
      invocations.push(invocation);
      for (const call of settings.echoMs === null ? [] : invocation.calls)
        for (const finding of call.findings)
          arrive(call.atMs + settings.callMs + (settings.echoMs ?? 0), finding);
    }
  }

  for (const { atMs, finding } of deliveries) arrive(atMs, finding);
  for (let entry = agenda.next(); entry !== undefined; entry = agenda.next()) {
    const { atMs, what } = entry;
    if (what.kind === 'arrival') waiting.push(what.message);
    if (what.kind === 'windowEnd') {
      const { poller, round } = what;
      if (poller.state !== 'collecting' || poller.round !== round) continue;
      poller.state = 'closed';
      closed.push(poller);
    }
    if (what.kind === 'invocationEnd') {
      what.environment.busy = false;
      what.environment.freedMs = atMs;
      what.poller.state = 'collecting';
      for (const message of what.invocation.returned) {
        const receives = message.receives + 1;
        if (receives === MAX_RECEIVE_COUNT) givenUp += 1;
        else
          agenda.put(atMs + returnDelayMs(receives), { kind: 'arrival', message: { ...message, receives } });
      }
    }
    startClosed(atMs);
    distribute(atMs);
  }
  return { invocations, givenUp };
}

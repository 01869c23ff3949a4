import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { poissonArrivals, withRepetitions } from '../../../lib/simulation/economics/arrivals.ts';
import { fewestCalls, payloadSizes } from '../../../lib/simulation/economics/fewest-calls.ts';
import { figuresOf } from '../../../lib/simulation/economics/figures.ts';
import { simulateStack } from '../../../lib/simulation/economics/simulate.ts';
import { LAST_START_MS, PAYLOAD_BYTES } from '../../../lib/simulation/economics/stack.ts';
import { planUpdates } from '../../../lib/triage/plan.ts';
import { numbersFrom, someDecided, someSettings } from './decided.ts';

const stream = fc
  .record({
    decided: someDecided,
    settings: someSettings,
    seed: fc.nat(),
    perSecond: fc.constantFrom(0.1, 1, 10, 1_000),
    repeated: fc.constantFrom(0, 0.3),
  })
  .map(({ decided, settings, seed, perSecond, repeated }) => {
    const random = numbersFrom(seed);
    const arrivals = poissonArrivals(decided.length, perSecond, random);
    const deliveries = withRepetitions(arrivals, repeated, 20_000, random);
    return { decided, settings, deliveries, run: simulateStack(deliveries, decided, settings, random) };
  });

describe('the calls for a batch, for any findings', () => {
  it('are as few as there can be', () => {
    fc.assert(
      fc.property(someDecided, fc.integer({ min: 1, max: 400 }), (decided, size) => {
        for (let at = 0; at < decided.length; at += size) {
          const batch = decided.slice(at, at + size).map(({ decision }) => decision);

          expect(planUpdates(batch)).toHaveLength(fewestCalls(payloadSizes(batch)));
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('a simulated stack, for any stream and settings', () => {
  it('makes exactly the fewest calls that the batches it received allow', () => {
    fc.assert(
      fc.property(stream, ({ run, deliveries, decided }) => {
        for (const { calls, planned, fewest, returned } of run.invocations) {
          expect(planned).toBe(fewest);
          expect(calls.length).toBeLessThanOrEqual(planned);
          if (returned.length === 0) expect(calls).toHaveLength(fewest);
        }

        const figures = figuresOf(run, deliveries, decided);
        expect(figures.planned).toBe(figures.fewestOfBatches);
        expect(figures.calls).toBeLessThanOrEqual(figures.updates);
        expect(figures.updates).toBeLessThanOrEqual(figures.asking);
        if (figures.givenUp === 0) expect(figures.calls).toBeGreaterThanOrEqual(figures.fewestOfStream);
      }),
      { numRuns: 100 },
    );
  });

  it('loses no finding and invents none', () => {
    fc.assert(
      fc.property(stream, ({ run, decided, deliveries }) => {
        const called = new Set(
          run.invocations.flatMap(({ calls }) => calls.flatMap((call) => call.findings)),
        );
        const wanted = decided.flatMap(({ decision }, finding) =>
          decision.kind === 'update' ? [finding] : [],
        );

        if (run.givenUp === 0) expect([...called].sort()).toEqual(wanted.sort());
        const first = run.invocations.flatMap(({ messages }) =>
          messages.filter(({ receives }) => receives === 0),
        );
        expect(first.length).toBeGreaterThanOrEqual(deliveries.length);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps to batch size, payload, window, concurrency, rate and time', () => {
    fc.assert(
      fc.property(stream, ({ run: { invocations }, settings }) => {
        for (const { messages, startedMs, calls } of invocations) {
          expect(messages.length).toBeLessThanOrEqual(settings.batchSize);
          const bytes = messages.reduce((sum, message) => sum + message.bytes + 1, 13);
          if (messages.length > 1) expect(bytes).toBeLessThanOrEqual(PAYLOAD_BYTES);
          for (const { atMs } of calls)
            expect(atMs).toBeLessThanOrEqual(startedMs + settings.timeoutMs - LAST_START_MS);
          const atOnce = invocations.filter(
            (one) => one.startedMs <= startedMs && startedMs < one.endedMs,
          ).length;
          expect(atOnce).toBeLessThanOrEqual(settings.maxConcurrency);
        }
        const times = invocations.flatMap(({ calls }) => calls.map(({ atMs }) => atMs)).sort((a, b) => a - b);
        const most = settings.maxConcurrency * (settings.burst + settings.perSecond * 10);
        times.forEach((atMs, at) => {
          const beyond = times[at + most + 1];
          if (beyond !== undefined) expect(beyond - atMs).toBeGreaterThan(10_000);
        });
      }),
      { numRuns: 60 },
    );
  });
});

import { describe, expect, it } from 'vitest';
import { burstArrivals } from '../../../lib/simulation/economics/arrivals.ts';
import { figuresOf } from '../../../lib/simulation/economics/figures.ts';
import { simulateStack } from '../../../lib/simulation/economics/simulate.ts';
import { alike, decidedOf, numbersFrom, SETTINGS } from './decided.ts';

describe('simulateStack', () => {
  it('hands a full batch over at once and a part of one when its window ends', () => {
    const decided = alike(250);
    const settings = { ...SETTINGS, batchSize: 100, pollers: 1 };

    const { invocations } = simulateStack(burstArrivals(250, 0), decided, settings, numbersFrom(1));

    expect(invocations.map(({ messages }) => messages.length)).toEqual([100, 100, 50]);
    // One poller collects the next batch when its invocation is over: 100 ms of work and a call of 200 ms.
    expect(invocations.map(({ startedMs }) => startedMs)).toEqual([0, 300, 30_600]);
  });

  it('ends a batch at 6 MB, whatever the batch size', () => {
    const decided = Array.from({ length: 8 }, (_, id) => decidedOf(id, { Confidence: 1 }, 1_500_000));
    const settings = { ...SETTINGS, pollers: 1 };

    const { invocations } = simulateStack(burstArrivals(8, 0), decided, settings, numbersFrom(1));

    expect(invocations.map(({ messages }) => messages.length)).toEqual([4, 4]);
  });

  it('shares arrivals between the batches that are collected at once, which costs calls', () => {
    const decided = alike(50);
    const deliveries = decided.map((_, finding) => ({ atMs: finding * 100, finding }));
    const callsWith = (pollers: number) => {
      const run = simulateStack(deliveries, decided, { ...SETTINGS, pollers }, numbersFrom(1));
      return figuresOf(run, deliveries, decided).calls;
    };

    expect(callsWith(1)).toBe(1);
    expect(callsWith(5)).toBe(5);
  });

  it('invokes no more at once than environments allow', () => {
    const decided = alike(30);
    const settings = { ...SETTINGS, batchSize: 10, pollers: 3, callMs: 1_000 };

    const { invocations } = simulateStack(burstArrivals(30, 0), decided, settings, numbersFrom(1));

    expect(invocations.map(({ startedMs }) => startedMs)).toEqual([0, 0, 1_010]);
  });

  it('paces calls: a burst, then the rate', () => {
    const decided = Array.from({ length: 40 }, (_, id) => decidedOf(id, { Confidence: id }));
    const settings = { ...SETTINGS, windowMs: 0, pollers: 1, batchSize: 40, callMs: 0, messageMs: 0 };
    const deliveries = burstArrivals(40, 0);

    const run = simulateStack(deliveries, decided, settings, numbersFrom(1));

    const times = run.invocations.flatMap(({ calls }) => calls.map(({ atMs }) => atMs));
    expect(times.slice(0, 10)).toEqual(Array(10).fill(0));
    expect(figuresOf(run, deliveries, decided).doneMs).toBeGreaterThanOrEqual(10_000);
    expect(figuresOf(run, deliveries, decided).doneMs).toBeLessThan(10_100);
  });

  it('returns what the time of an invocation is too short for, and deals with it later', () => {
    const decided = Array.from({ length: 100 }, (_, id) => decidedOf(id, { Confidence: id }));
    const settings = { ...SETTINGS, batchSize: 100, pollers: 1, timeoutMs: 15_000 };
    const deliveries = burstArrivals(100, 0);

    const run = simulateStack(deliveries, decided, settings, numbersFrom(1));

    const [first] = run.invocations;
    expect(first?.returned.length).toBeGreaterThan(40);
    expect(figuresOf(run, deliveries, decided)).toMatchObject({ calls: 100, updates: 100, givenUp: 0 });
  });

  it('gives a message up after fourteen deliveries', () => {
    const settings = { ...SETTINGS, timeoutMs: 2_000 };

    const run = simulateStack(burstArrivals(1, 0), alike(1), settings, numbersFrom(1));

    expect(run.invocations).toHaveLength(14);
    expect(run.givenUp).toBe(1);
  });

  it('decides on the echo of an update, and sends nothing', () => {
    const decided = alike(5);
    const deliveries = burstArrivals(5, 0);

    const run = simulateStack(deliveries, decided, { ...SETTINGS, echoMs: 2_000 }, numbersFrom(1));

    expect(figuresOf(run, deliveries, decided)).toMatchObject({ messages: 10, updates: 5, calls: 2 });
  });

  it('sends a finding once a batch, however often it was delivered', () => {
    const decided = alike(3);
    const deliveries = [...burstArrivals(3, 0), ...burstArrivals(3, 10)];

    const run = simulateStack(deliveries, decided, { ...SETTINGS, pollers: 1 }, numbersFrom(1));

    expect(figuresOf(run, deliveries, decided)).toMatchObject({ asking: 6, updates: 3, calls: 1 });
  });

  it('sends an update again only where the other environment, which cannot know, gets an event from before it', () => {
    const decided = alike(1);
    const deliveries = [
      { atMs: 0, finding: 0 },
      { atMs: 10, finding: 0 },
    ];
    const settings = { ...SETTINGS, batchSize: 1, callMs: 1_000, messageMs: 100 };

    const atOnce = simulateStack(deliveries, decided, settings, numbersFrom(1));
    const oneByOne = simulateStack(deliveries, decided, { ...settings, pollers: 1 }, numbersFrom(1));

    expect(figuresOf(atOnce, deliveries, decided).updates).toBe(2);
    expect(figuresOf(oneByOne, deliveries, decided).updates).toBe(1);
  });
});

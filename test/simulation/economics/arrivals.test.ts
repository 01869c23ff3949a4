import { describe, expect, it } from 'vitest';
import { createAgenda } from '../../../lib/simulation/economics/agenda.ts';
import {
  burstArrivals,
  poissonArrivals,
  withRepetitions,
} from '../../../lib/simulation/economics/arrivals.ts';
import { numbersFrom } from './decided.ts';

describe('poissonArrivals', () => {
  it('come at the rate asked for, with gaps as varied as those of independent events', () => {
    const arrivals = poissonArrivals(20_000, 10, numbersFrom(3));

    const gaps = arrivals.map(({ atMs }, at) => atMs - (arrivals[at - 1]?.atMs ?? 0));
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const spread = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length);
    expect(mean).toBeGreaterThan(97);
    expect(mean).toBeLessThan(103);
    expect(spread / mean).toBeGreaterThan(0.95);
    expect(spread / mean).toBeLessThan(1.05);
    expect(arrivals.map(({ finding }) => finding)).toEqual(arrivals.map((_, at) => at));
  });
});

describe('withRepetitions', () => {
  it('repeats the share asked for, each soon after its first delivery, in the order of time', () => {
    const first = burstArrivals(10_000, 500);

    const all = withRepetitions(first, 0.1, 20_000, numbersFrom(4));

    expect(all.length - first.length).toBeGreaterThan(900);
    expect(all.length - first.length).toBeLessThan(1_100);
    expect(all.every(({ atMs }) => atMs >= 500 && atMs <= 20_500)).toBe(true);
    expect(all.map(({ atMs }) => atMs)).toEqual(all.map(({ atMs }) => atMs).sort((a, b) => a - b));
  });
});

describe('createAgenda', () => {
  it('gives back everything in the order of time, and of one time in the order it was put in', () => {
    const random = numbersFrom(8);
    const agenda = createAgenda<number>();
    const put = Array.from({ length: 500 }, (_, turn) => ({ atMs: Math.floor(random() * 50), turn }));
    for (const { atMs, turn } of put) agenda.put(atMs, turn);

    const taken = [];
    for (let entry = agenda.next(); entry !== undefined; entry = agenda.next()) taken.push(entry.what);

    const sorted = put.toSorted((a, b) => a.atMs - b.atMs || a.turn - b.turn).map(({ turn }) => turn);
    expect(taken).toEqual(sorted);
  });
});

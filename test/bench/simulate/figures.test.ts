import { describe, expect, it } from 'vitest';
import { figuresOf, type Round, type Turn } from './figures.ts';
import { simulateTables } from './tables.ts';

const turn = (wallMs: number, cpuMs: number): Turn => ({
  start: { wallMs: 500, cpuMs: 400, peakRssBytes: 1 },
  whole: { wallMs: 500 + wallMs, cpuMs: 400 + cpuMs, peakRssBytes: 300 * 1024 ** 2 },
});

const round = (boundMs: number, simulateMs: number): Round => ({
  bound: turn(boundMs, boundMs),
  byWorkers: [
    { workers: 1, turn: turn(simulateMs, simulateMs) },
    { workers: 2, turn: turn(simulateMs / 2, simulateMs) },
  ],
  loadingMs: 300,
});

describe('figures of simulate', () => {
  it('leave the start out, and tell it', () => {
    const { bound, byWorkers } = figuresOf(10, 1_000, [round(100, 1_000)]);

    expect(bound.perSecond).toBe(10_000);
    expect(byWorkers).toMatchObject([
      { workers: 1, perSecond: 1_000, perCpuSecond: 1_000, start: { wallMs: 500, cpuMs: 400 } },
      { workers: 2, perSecond: 2_000, perCpuSecond: 1_000 },
    ]);
  });

  it('make ratios within each round, and take their median', () => {
    const rounds = [round(100, 1_000), round(400, 1_600), round(300, 600)];

    const { byWorkers } = figuresOf(10, 1_000, rounds);

    expect(byWorkers[0]).toMatchObject({ cpuRatio: 0.25, wallRatio: 0.25 });
    expect(byWorkers[1]).toMatchObject({ cpuRatio: 0.25, wallRatio: 0.5 });
  });

  it('are no numbers where a run took no longer than its start', () => {
    const { byWorkers } = figuresOf(10, 1_000, [round(100, -50)]);

    expect(byWorkers[0]?.perSecond).toBeNaN();
    expect(byWorkers[0]?.cpuRatio).toBeNaN();
  });
});

describe('tables of simulate', () => {
  const sizes = [figuresOf(10, 1_000, [round(100, 1_000)]), figuresOf(1_000, 1_000, [round(100, 2_000)])];
  const memory = [{ findings: 640_000, bytes: 2e9, rules: 100, workers: 2, peakRssBytes: 300 * 1024 ** 2 }];

  it('have a column a number of rules, and two rows a number of workers', () => {
    const tables = simulateTables(sizes, []);

    expect(tables['simulate-ratios']?.split('\n')).toEqual([
      '| ratio to JSON.parse    | 10 rules | 1,000 rules |',
      '| ---------------------- | -------- | ----------- |',
      '| --workers 1, computing | 0.10     | 0.05        |',
      '| --workers 1, clock     | 0.10     | 0.05        |',
      '| --workers 2, computing | 0.10     | 0.05        |',
      '| --workers 2, clock     | 0.20     | 0.10        |',
    ]);
    expect(tables['simulate-speed']).toContain('| JSON.parse alone                     | 10,000 · 10,000 |');
    expect(tables['simulate-start']).toContain('| of it loading the rules, s | 0.3');
    expect(tables['simulate-machine']).toContain('1,000 findings, one round.');
  });

  it('say that noise is noise', () => {
    const tables = simulateTables([figuresOf(10, 1_000, [round(100, -50)])], []);

    expect(tables['simulate-ratios']).toContain('| --workers 1, clock     | noise    |');
    expect(tables['simulate-speed']).toContain('noise · noise');
  });

  it('are of what was measured alone', () => {
    expect(Object.keys(simulateTables(sizes, []))).not.toContain('simulate-memory');
    expect(simulateTables([], memory)).toEqual({
      'simulate-memory': [
        '| findings | size   | rules | workers | peak RSS MiB |',
        '| -------- | ------ | ----- | ------- | ------------ |',
        '| 640,000  | 2.0 GB | 100   | 2       | 300          |',
      ].join('\n'),
    });
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { figuresOf, type Round, type Turn } from './figures.ts';
import { type Machine, simulateTables } from './tables.ts';

const turn = (wallMs: number, cpuMs: number): Turn => ({
  start: { wallMs: 500, cpuMs: 400, busiestMs: 1, peakRssBytes: 1, threads: null },
  whole: {
    wallMs: 500 + wallMs,
    cpuMs: 400 + cpuMs,
    busiestMs: 1,
    peakRssBytes: 300 * 1024 ** 2,
    threads: null,
  },
});

const round = (boundMs: number, simulateMs: number): Round => ({
  bound: turn(boundMs, boundMs),
  runs: [
    { run: '--workers 1', turn: turn(simulateMs, simulateMs) },
    { run: '--workers 2', turn: turn(simulateMs / 2, simulateMs) },
  ],
  loadingMs: 300,
});

const IDLE: Machine = { model: 'a processor', cores: 2, load: 2 };
const BUSY: Machine = { ...IDLE, load: 2.1 };

describe('the page on how fast simulate is', () => {
  const page = readFileSync(new URL('../../../docs/simulate-performance.md', import.meta.url), 'utf8');

  it('has no table that was written by hand', () => {
    const byHand = page.replaceAll(/<!-- bench:([\w-]+) -->\n[\s\S]*?<!-- \/bench:\1 -->/g, '');

    expect(byHand).not.toMatch(/^\|/m);
    expect(byHand).not.toContain('bench:simulate-');
  });

  it('has nothing of the clock where more wanted a core than there were', () => {
    const [, cores, load] = /^(\d+) cores .* with a load of ([\d.]+) /m.exec(page) ?? [];
    const ofClock = page.match(/^\|.*(?:, clock|per second|CPU s · s|rules, s ).*$/gm) ?? [];

    expect(Number(load)).toBeGreaterThanOrEqual(0);
    if (Number(load) > Number(cores)) expect(ofClock).toEqual([]);
    else expect(ofClock).not.toEqual([]);
  });

  it('has a place for each table', () => {
    const figures = {
      sizes: [figuresOf(10, 1_000, [round(100, 1_000)])],
      threads: [{ findings: 1, rules: 1, workers: 1, mainMs: 1, decidingMs: [], helpersMs: 1 }],
      memory: [{ work: 'all', findings: 1, bytes: 1, rules: 1, workers: 1, peakRssBytes: 1 }],
    };

    expect([...page.matchAll(/<!-- bench:([\w-]+) -->/g)].map(([, name]) => name).sort()).toEqual(
      Object.keys(simulateTables(figures, IDLE)).sort(),
    );
  });
});

describe('figures of simulate', () => {
  it('leave the start out, and tell it', () => {
    const { bound, runs } = figuresOf(10, 1_000, [round(100, 1_000)]);

    expect(bound.perSecond).toBe(10_000);
    expect(runs).toMatchObject([
      { run: '--workers 1', perSecond: 1_000, perCpuSecond: 1_000, start: { wallMs: 500, cpuMs: 400 } },
      { run: '--workers 2', perSecond: 2_000, perCpuSecond: 1_000 },
    ]);
  });

  it('make ratios within each round, and take their median', () => {
    const rounds = [round(100, 1_000), round(400, 1_600), round(300, 600)];

    const { runs } = figuresOf(10, 1_000, rounds);

    expect(runs[0]).toMatchObject({ cpuRatio: 0.25, wallRatio: 0.25 });
    expect(runs[1]).toMatchObject({ cpuRatio: 0.25, wallRatio: 0.5 });
  });

  it('are no numbers where a run took no longer than its start', () => {
    const { runs } = figuresOf(10, 1_000, [round(100, -50)]);

    expect(runs[0]?.perSecond).toBeNaN();
    expect(runs[0]?.cpuRatio).toBeNaN();
  });
});

const NOTHING = { sizes: [], threads: [], memory: [] };

describe('tables of simulate', () => {
  const sizes = [figuresOf(10, 1_000, [round(100, 1_000)]), figuresOf(1_000, 1_000, [round(100, 2_000)])];
  const memory = [
    {
      work: 'all kinds',
      findings: 640_000,
      bytes: 2e9,
      rules: 100,
      workers: 2,
      peakRssBytes: 300 * 1024 ** 2,
    },
  ];

  it('have a column a number of rules, and two rows a run', () => {
    const tables = simulateTables({ ...NOTHING, sizes }, IDLE);

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

  it('have nothing of the clock where more wanted a core than there are, and say how many did', () => {
    const tables = simulateTables({ ...NOTHING, sizes }, BUSY);

    expect(tables['simulate-machine']).toContain('2 cores (a processor) with a load of 2.1');
    expect(tables['simulate-ratios']?.split('\n').slice(2)).toEqual([
      '| --workers 1, computing | 0.10     | 0.05        |',
      '| --workers 2, computing | 0.10     | 0.05        |',
    ]);
    expect(tables['simulate-speed']?.split('\n').slice(0, 3)).toEqual([
      '| findings per CPU second | 10 rules | 1,000 rules |',
      '| ----------------------- | -------- | ----------- |',
      '| JSON.parse alone        | 10,000   | 10,000      |',
    ]);
    expect(tables['simulate-start']?.split('\n')).toEqual([
      '| start: CPU s | 10 rules | 1,000 rules |',
      '| ------------ | -------- | ----------- |',
      '| --workers 1  | 0.4      | 0.4         |',
      '| --workers 2  | 0.4      | 0.4         |',
    ]);
  });

  it('say that noise is noise', () => {
    const tables = simulateTables({ ...NOTHING, sizes: [figuresOf(10, 1_000, [round(100, -50)])] }, IDLE);

    expect(tables['simulate-ratios']).toContain('| --workers 1, clock     | noise    |');
    expect(tables['simulate-speed']).toContain('noise · noise');
  });

  it('are of what was measured alone', () => {
    expect(Object.keys(simulateTables({ ...NOTHING, sizes }, IDLE))).not.toContain('simulate-memory');
    expect(simulateTables({ ...NOTHING, memory }, IDLE)).toEqual({
      'simulate-memory': [
        '| what      | findings | size   | rules | workers | peak RSS MiB |',
        '| --------- | -------- | ------ | ----- | ------- | ------------ |',
        '| all kinds | 640,000  | 2.0 GB | 100   | 2       | 300          |',
      ].join('\n'),
    });
  });

  it('tell threads apart, the busiest last', () => {
    const alone = { findings: 9, rules: 1_000, workers: 1, mainMs: 6_300, decidingMs: [], helpersMs: 1_800 };
    const threads = [alone, { ...alone, workers: 2, mainMs: 1_700, decidingMs: [3_500, 3_200] }];

    expect(
      simulateTables({ ...NOTHING, threads }, IDLE)
        ['simulate-threads']?.split('\n')
        .slice(2),
    ).toEqual([
      '| 9        | 1,000 | 1       | 6.3            | the reading one  | 1.8     | 8.1  | 6.3     |',
      '| 9        | 1,000 | 2       | 1.7            | 3.5, 3.2         | 1.8     | 10.2 | 3.5     |',
    ]);
  });
});

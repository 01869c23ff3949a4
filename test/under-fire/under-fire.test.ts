import { beforeAll, describe, expect, it } from 'vitest';
import { type DeployedAssembly, deployAssembly } from './deployed-assembly.ts';
import { FIRING_RULES } from './firing-rules.ts';
import { hangOnce, runIntoDeadline } from './hold-up.ts';
import type { RunVerdict } from './judge-run.ts';
import { outlastOutage } from './outage.ts';
import { loadQuota } from './quota-load.ts';
import { measureWindow } from './race-window.ts';
import { runSchedule, type ScheduleFigures } from './random-schedule.ts';
import { type Range, startRange } from './range.ts';
import { type Changes, reshapeAssembly } from './reshape-assembly.ts';
import { collideWorkers } from './two-workers.ts';

const SEED = Number(process.env.FIRE_SEED ?? 1);
const SCHEDULES = Number(process.env.FIRE_SCHEDULES ?? 8);
const LONG = { timeout: 300_000 };

let deployed: DeployedAssembly;
let starting: Promise<void> = Promise.resolve();
beforeAll(() => {
  deployed = deployAssembly(FIRING_RULES);
});

/** One account for one test: they run side by side, for most of their time is waiting. */
async function onRange<T>(changes: Changes, use: (range: Range) => Promise<T>): Promise<T> {
  // One after the other all the same: sixteen processes that start at once take longer than Lambda gives a start.
  const started = starting.then(() => warmRange(changes));
  starting = started.then(
    () => {},
    () => {},
  );
  const range = await started;
  try {
    return await use(range);
  } finally {
    await range.account.close();
  }
}

async function warmRange(changes: Changes): Promise<Range> {
  const range = await startRange(reshapeAssembly(deployed, changes));
  await range.warmUp(2);
  return range;
}

const batchesOf = (BatchSize: number): Changes => ({ 'AWS::Lambda::EventSourceMapping': { BatchSize } });

const FLAWLESS = { lost: [], invented: [], repeated: [] } satisfies Partial<RunVerdict>;

describe.concurrent('the deployed bundle under fire', () => {
  it('recovers from a read, an update and a send that are never answered', LONG, async () => {
    const figures = await onRange({}, (range) => hangOnce(range, 'hang'));

    expect(figures.verdict).toMatchObject({ ...FLAWLESS, updated: 5, deadLettered: 1 });
    expect(figures.timedOut).toBe(0);
  });

  it('gives back what its time does not allow', LONG, async () => {
    const figures = await onRange({ 'AWS::Lambda::Function': { Timeout: 7 } }, (range) =>
      runIntoDeadline(range, 'deadline', 40),
    );

    expect(figures.verdict).toMatchObject({ ...FLAWLESS, updated: 40, deadLettered: 0 });
    expect(figures.returns).toBeGreaterThan(0);
    expect(figures.invocations).toBeGreaterThan(1);
  });

  it('brings two workers with the same findings to one end, without a dead letter', LONG, async () => {
    const figures = await onRange(batchesOf(20), (range) =>
      collideWorkers(range, 'collide', { rounds: 6, count: 20 }),
    );

    for (const verdict of figures.verdicts)
      expect(verdict).toMatchObject({ ...FLAWLESS, updated: 20, deadLettered: 0 });
    const { rounds, collided, collisions } = figures;
    console.log(`two workers: met in ${collided} of ${rounds} rounds, ${collisions} ConcurrentUpdateErrors`);
    expect(collisions).toBeGreaterThan(0);
  });

  it.for([0, 2])(
    'is never throttled at the documented quota: two workers, %i foreign calls a second',
    LONG,
    async (foreign) => {
      const figures = await onRange(batchesOf(40), (range) =>
        loadQuota(range, 'quota', { findings: 80, foreignCallsPerSecond: foreign }),
      );

      expect(figures.verdict).toMatchObject({ ...FLAWLESS, updated: 80, deadLettered: 0 });
      expect(figures.workers).toBe(2);
      expect(figures.calls).toBeGreaterThanOrEqual(80);
      expect(figures.foreignCalls > 0).toBe(foreign > 0);
      const share = figures.throttled / figures.calls;
      console.log(
        `quota: ${figures.throttled} of ${figures.calls} calls throttled (${(share * 100).toFixed(2)} %), ${figures.foreignCalls} foreign calls in ${figures.seconds.toFixed(1)} s`,
      );
      expect(share).toBeLessThan(foreign === 0 ? Number.MIN_VALUE : 0.01);
    },
  );

  it('reads late findings again without being throttled: two workers, fifteen reads each', LONG, async () => {
    const figures = await onRange(batchesOf(300), (range) =>
      loadQuota(range, 'reads', {
        ...{ findings: 600, foreignCallsPerSecond: 0, title: 'lower' },
        ageMs: 3_600_000,
      }),
    );

    const { verdict, ...said } = figures;
    console.log(`quota of reads: ${JSON.stringify(said)}`);
    expect(verdict).toMatchObject({ ...FLAWLESS, updated: 600, deadLettered: 0 });
    expect(figures.workers).toBe(2);
    // Long enough that four reads a second would use the burst up.
    expect(figures.reads).toBeGreaterThanOrEqual(30);
    expect(figures.throttled).toBe(0);
  });

  it(
    'loses nothing in an outage of two hours, and leaves what a person changed meanwhile',
    LONG,
    async () => {
      const figures = await onRange({}, (range) => outlastOutage(range, 'outage', 2, 12));

      const { verdict, ...said } = figures;
      console.log(`outage: ${JSON.stringify(said)}`);
      expect(verdict).toMatchObject({ ...FLAWLESS, deadLettered: 0 });
      expect(figures.deadLetters).toBe(0);
      expect(figures.overridden).toBe(4);
      expect(figures.kept).toBe(4);
      // More than one batch of failures, or there was no outage.
      expect(figures.invocations).toBeGreaterThan(10);
    },
  );

  it('overwrites a person only between its snapshot and its update', LONG, async () => {
    const figures = await onRange({}, (range) => measureWindow(range, 'window', 60));

    console.log(`race window: ${JSON.stringify(figures)}`);
    expect(figures.before).toEqual({ changes: 20, kept: 20 });
    expect(figures.after).toEqual({ changes: 20, kept: 20 });
    // What nothing can prevent: the API has no compare-and-set.
    expect(figures.inside).toEqual({ changes: 20, kept: 0 });
    expect(figures.longestMs).toBeLessThan(300_000);
  });

  it('loses, invents and repeats nothing in schedules of random faults and kills', LONG, async () => {
    const schedules: ScheduleFigures[] = await onRange({}, async (range) => {
      const done: ScheduleFigures[] = [];
      for (let n = 0; n < SCHEDULES; n += 1) done.push(await runSchedule(range, SEED + n));
      return done;
    });

    for (const { seed, verdict } of schedules)
      expect({ seed, ...verdict }).toMatchObject({ seed, ...FLAWLESS });
    const deaths = schedules.reduce((sum, one) => sum + one.deaths, 0);
    const idleKills = schedules.reduce((sum, one) => sum + one.idleKills, 0);
    console.log(`schedules: ${deaths} invocations died, ${idleKills} kills met idle processes only`);
    expect(deaths).toBeGreaterThan(0);
  });
});

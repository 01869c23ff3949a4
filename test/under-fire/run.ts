import { parseArgs } from 'node:util';
import { crashAtEveryCall, WORKLOADS } from './crash-points.ts';
import { deployAssembly } from './deployed-assembly.ts';
import { FIRING_RULES } from './firing-rules.ts';
import { hangOnce, runIntoDeadline } from './hold-up.ts';
import type { RunVerdict } from './judge-run.ts';
import { outlastOutage } from './outage.ts';
import { loadQuota } from './quota-load.ts';
import { measureWindow } from './race-window.ts';
import { runSchedule } from './random-schedule.ts';
import { type Range, startRange } from './range.ts';
import { type Changes, reshapeAssembly } from './reshape-assembly.ts';
import { collideWorkers } from './two-workers.ts';

const USAGE = `Usage: npm run fire -- [options]
Fires at the deployed bundle on the local account; prints figures and ends with 1 if anything was lost or invented.
  --schedules <n>   schedules of random faults and kills (200)
  --seed <n>        the first schedule's seed; the others count on from it (1)
  --only <name>     crashes, holdups, workers, quota, outage, window or schedules; may be given again`;

const { schedules, seed, only } = options();
const deployed = deployAssembly(FIRING_RULES);
let flaws = 0;

const PARTS: Readonly<Record<string, () => Promise<void>>> = {
  crashes: () =>
    onRange({}, async (range) => {
      for (const workload of WORKLOADS) {
        const faults: string[] = [];
        let points = 0;
        for await (const point of crashAtEveryCall(range, workload)) {
          points += point.killed === 'none' ? 0 : 1;
          faults.push(
            ...point.faults.map(
              (fault) => `${point.killed} call ${point.callIndex} (${point.operation}): ${fault}`,
            ),
          );
        }
        flaws += faults.length;
        say(`crash points, ${workload.name}`, `${points - faults.length}/${points} hold`, ...faults);
      }
    }),
  holdups: async () => {
    await onRange({}, async (range) => {
      const { verdict, ...said } = await hangOnce(range, 'hang');
      report('calls that hang', said, verdict);
    });
    await onRange({ 'AWS::Lambda::Function': { Timeout: 7 } }, async (range) => {
      const { verdict, ...said } = await runIntoDeadline(range, 'deadline', 60);
      report('deadline in mid-batch', said, verdict);
    });
  },
  workers: () =>
    onRange(batchesOf(20), async (range) => {
      const { verdicts, ...said } = await collideWorkers(range, 'collide', { rounds: 20, count: 20 });
      for (const [round, verdict] of verdicts.entries())
        if (isFlawed(verdict)) report(`round ${round}`, {}, verdict);
      say('two workers, same findings', JSON.stringify(said));
    }),
  quota: async () => {
    for (const foreignCallsPerSecond of [0, 2, 6])
      await onRange(batchesOf(150), async (range) => {
        const { verdict, ...said } = await loadQuota(range, 'quota', {
          findings: 300,
          foreignCallsPerSecond,
        });
        const share = `${((said.throttled / said.calls) * 100).toFixed(2)} % throttled`;
        report(`quota, ${foreignCallsPerSecond} foreign calls/s: ${share}`, said, verdict);
      });
  },
  outage: () =>
    onRange({}, async (range) => {
      const { verdict, ...said } = await outlastOutage(range, 'outage', 2, 60);
      flaws += said.overridden - said.kept;
      report('outage', said, verdict);
    }),
  window: () =>
    onRange({}, async (range) => {
      for (const count of [30, 300, 900])
        say('race window', JSON.stringify(await measureWindow(range, `window-${count}`, count)));
    }),
  schedules: () =>
    onRange({}, async (range) => {
      const sum = { schedules: 0, deaths: 0, idleKills: 0, calls: 0, updated: 0, deadLettered: 0 };
      for (let n = 0; n < schedules; n += 1) {
        const { verdict, deaths, idleKills, calls, faults } = await runSchedule(range, seed + n);
        sum.schedules += 1;
        sum.deaths += deaths;
        sum.idleKills += idleKills;
        sum.calls += calls;
        sum.updated += verdict.updated;
        sum.deadLettered += verdict.deadLettered;
        if (isFlawed(verdict)) report(`seed ${seed + n}: ${faults.join(', ')}`, {}, verdict);
      }
      say('schedules', JSON.stringify(sum));
    }),
};

for (const name of only.length > 0 ? only : Object.keys(PARTS)) await PARTS[name]?.();
say(
  flaws === 0
    ? 'Nothing was lost, invented or repeated.'
    : `${flaws} findings were lost, invented or repeated.`,
);
process.exitCode = flaws === 0 ? 0 : 1;

async function onRange(changes: Changes, use: (range: Range) => Promise<void>): Promise<void> {
  const range = await startRange(reshapeAssembly(deployed, changes));
  await range.warmUp(2);
  await use(range).finally(range.account.close);
}

function batchesOf(BatchSize: number): Changes {
  return { 'AWS::Lambda::EventSourceMapping': { BatchSize } };
}

function isFlawed({ lost, invented, repeated }: RunVerdict): boolean {
  return lost.length + invented.length + repeated.length > 0;
}

function report(what: string, said: object, verdict: RunVerdict): void {
  const { lost, invented, repeated, ...counts } = verdict;
  flaws += lost.length + invented.length + repeated.length;
  const names = [...lost, ...invented, ...repeated];
  const flawed = `lost ${lost.length}, invented ${invented.length}, repeated ${repeated.length}`;
  say(what, flawed, JSON.stringify({ ...said, ...counts }), ...names);
}

function say(...parts: readonly string[]): void {
  console.log(parts.join('  '));
}

function options() {
  try {
    const { values } = parseArgs({
      options: {
        schedules: { type: 'string', default: '200' },
        seed: { type: 'string', default: '1' },
        only: { type: 'string', multiple: true, default: [] },
      },
    });
    const whole = (text: string) => {
      if (!/^\d{1,7}$/.test(text)) throw new Error(`'${text}' is no whole number from 0 to 9999999.`);
      return Number(text);
    };
    const names = ['crashes', 'holdups', 'workers', 'quota', 'outage', 'window', 'schedules'];
    const unknown = values.only.find((name) => !names.includes(name));
    if (unknown !== undefined) throw new Error(`--only ${unknown} is none of ${names.join(', ')}.`);
    return { schedules: whole(values.schedules), seed: whole(values.seed), only: values.only };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
    return process.exit(2);
  }
}

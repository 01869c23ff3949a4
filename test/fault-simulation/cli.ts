import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { runCampaign } from './campaign/campaign.ts';
import { reportTally } from './campaign/report.ts';
import { shrink } from './campaign/shrink.ts';
import { FAULT_KINDS, type FaultKind, isFaultKind } from './faults/catalogue.ts';
import { reportOutages } from './outages/report-outages.ts';
import { runSchedule } from './run-schedule.ts';
import { reportSabotages } from './sabotages/report-sabotages.ts';

const USAGE = `Usage: npm run simulate:faults -- [options]

Plays the product's own code, with real SDK clients, under virtual time and faults, and judges every schedule.

  --schedules <n>        how many schedules (default 1000)
  --seed <n>             seed of the first; the others follow (default 1)
  --only <fault,…>       with these faults alone; all of them: ${FAULT_KINDS.join(', ')}
  --minutes <n>          begin nothing after so many minutes, and report what was played until then
  --at-least <n>         exit code 1 where --minutes ended it before so many (default 1)
  --threads <n>          threads (default: as many as processors)
  --trace                print all that happens; for a single schedule
  --leave-out-stimuli <n,…>, --leave-out-faults <n,…>
                         replay what is left of a shrunk schedule
  --sabotage             hunt deliberate bugs in copies of the code, and print how many schedules each took
  --limit <n>            schedules for each of three seeds of a hunt, at most (default 600)
  --outage               print what outages of Security Hub of 1 to 24 hours do to the queue

Exit code 0: nothing was breached (every sabotage found); 1: something was, or too few were played; 2: wrong usage.`;

class UsageError extends Error {}

/** Answers one command line; returns the exit code. */
async function main(): Promise<number> {
  const options = readOptions();
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  if (options.sabotage) return reportSabotages(options.seed, options.limit, options.threads);
  if (options.outage) return reportOutages();
  if (options.schedules === 1) return replay(options);
  const started = performance.now();
  const tally = await runCampaign({
    ...options,
    onProgress: ({ schedules, failures }) => {
      const seconds = (performance.now() - started) / 1000;
      if (process.stderr.isTTY)
        process.stderr.write(
          `\r${schedules} schedules, ${failures.length} breached, ${seconds.toFixed(0)} s `,
        );
    },
  });
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  const last = options.seed + options.schedules - 1;
  const share = tally.schedules < options.schedules ? `, of which ${tally.schedules} were played` : '';
  console.log(`Seeds ${options.seed} to ${last}${share}, revision ${revision()}`);
  console.log(reportTally(tally));
  const seconds = (performance.now() - started) / 1000;
  console.error(
    `${seconds.toFixed(0)} s on ${options.threads} threads, ${(tally.schedules / seconds).toFixed(0)} schedules a second`,
  );
  for (const { seed, breach } of tally.failures)
    console.log(`\nseed ${seed}: ${breach.invariant} ${breach.message}`);
  const isEnough = tally.schedules >= options.atLeast;
  if (!isEnough)
    console.log(
      `\nToo few: ${tally.schedules} schedules were played, at least ${options.atLeast} were asked for.`,
    );
  const [first] = tally.failures;
  if (first === undefined) return isEnough ? 0 : 1;
  await printShrunk(first.seed, options.only);
  return 1;
}

async function replay(options: ReturnType<typeof readOptions>): Promise<number> {
  const { seed, only, leftOut, trace } = options;
  const outcome = await runSchedule(seed, { only, leftOut, keepLines: trace });
  for (const line of outcome.lines) console.log(line);
  const faults = Object.entries(outcome.faults).flatMap(([kind, times]) =>
    times > 0 ? [`${kind} ${times}`] : [],
  );
  console.log(
    `seed ${seed}: ${outcome.stimuli} stimuli, ${outcome.events} events, ${outcome.invocations} invocations, ${outcome.calls} calls, ${outcome.updates} updates, ${(outcome.virtualMs / 60_000).toFixed(0)} virtual minutes`,
  );
  console.log(`faults: ${faults.join(', ') || 'none'}`);
  console.log(`trace ${outcome.hash}`);
  for (const { invariant, says, message } of outcome.breaches)
    console.log(`${invariant} (${says}): ${message}`);
  if (outcome.breaches.length === 0) return 0;
  const isWhole = leftOut.stimuli.size === 0 && leftOut.faults.size === 0;
  if (isWhole && !trace) await printShrunk(seed, only);
  return 1;
}

async function printShrunk(seed: number, only: readonly FaultKind[] | null): Promise<void> {
  console.error(`shrinking the schedule of seed ${seed} …`);
  const shrunk = await shrink(seed, only);
  if (shrunk === null)
    return console.log(`seed ${seed} does not fail when it is run again: that is a bug of the simulation`);
  const { leftOut, outcome, attempts } = shrunk;
  console.log(`\nThe schedule of seed ${seed} at revision ${revision()}, shrunk in ${attempts} attempts:`);
  for (const line of outcome.lines) console.log(line);
  const list = (numbers: ReadonlySet<number>, flag: string): string =>
    numbers.size === 0 ? '' : ` --${flag} ${[...numbers].sort((a, b) => a - b).join(',')}`;
  const faults = only === null ? '' : ` --only ${only.join(',')}`;
  console.log(
    `\nReplay: npm run simulate:faults -- --schedules 1 --trace --seed ${seed}${faults}` +
      `${list(leftOut.stimuli, 'leave-out-stimuli')}${list(leftOut.faults, 'leave-out-faults')}`,
  );
  console.log(
    'Once it is mended, keep it: test/fault-simulation/regressions/of-the-product.ts, or of-the-judge.ts.',
  );
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      schedules: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string' },
      threads: { type: 'string', default: String(availableParallelism()) },
      limit: { type: 'string', default: '600' },
      minutes: { type: 'string', default: '1000000' },
      'at-least': { type: 'string', default: '1' },
      trace: { type: 'boolean', default: false },
      'leave-out-stimuli': { type: 'string', default: '' },
      'leave-out-faults': { type: 'string', default: '' },
      sabotage: { type: 'boolean', default: false },
      outage: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const only = values.only?.split(',') ?? null;
  const unknown = only?.find((name) => !isFaultKind(name));
  if (unknown !== undefined) throw new UsageError(`There is no fault "${unknown}".`);
  return {
    schedules: whole('schedules', values.schedules, 1),
    seed: whole('seed', values.seed, 0),
    threads: whole('threads', values.threads, 1),
    limit: whole('limit', values.limit, 1),
    minutes: whole('minutes', values.minutes, 1),
    atLeast: whole('at-least', values['at-least'], 0),
    only: only as readonly FaultKind[] | null,
    leftOut: {
      stimuli: numbers('leave-out-stimuli', values['leave-out-stimuli']),
      faults: numbers('leave-out-faults', values['leave-out-faults']),
    },
    ...{ trace: values.trace, sabotage: values.sabotage, outage: values.outage, help: values.help },
  };
}

function numbers(flag: string, text: string): ReadonlySet<number> {
  return new Set(text === '' ? [] : text.split(',').map((one) => whole(flag, one, 0)));
}

function whole(flag: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new UsageError(`--${flag} takes a whole number from ${least} on, not "${text}".`);
}

function revision(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return 'unknown';
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  const isUsage =
    error instanceof UsageError ||
    (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));
  console.error(isUsage ? `${(error as Error).message}\n\n${USAGE}` : error);
  process.exitCode = isUsage ? 2 : 3;
}

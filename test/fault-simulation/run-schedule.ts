import { hash } from 'node:crypto';
import { createQueueService } from '../../lib/local/sqs/queue-service.ts';
import { createEventBridge } from './actors/event-bridge.ts';
import { createEventSource } from './actors/event-source.ts';
import { createFunction } from './actors/function.ts';
import { createOperator } from './actors/operator.ts';
import { createOutsiders } from './actors/people-and-providers.ts';
import { addQueues } from './actors/queues.ts';
import { drawSchedule } from './draw-schedule.ts';
import type { FaultKind } from './faults/catalogue.ts';
import { createInjector, type Strikes } from './faults/injector.ts';
import { createSpells } from './faults/spells.ts';
import { createHub } from './hub.ts';
import { INVARIANTS } from './invariants/invariants.ts';
import { createLedger } from './ledger.ts';
import { createRandom } from './random.ts';
import type { Schedule } from './schedule.ts';
import { createTrace } from './trace.ts';
import { createVerdict, type Verdict } from './verdict.ts';
import { installVirtualTime } from './virtual-time.ts';
import { warmKits } from './wire/client-kits.ts';
import { ACCOUNT, REGION } from './workload/population.ts';
import { RULESETS } from './workload/rulesets.ts';
import type { Rest, World } from './world.ts';

/** 2026-06-15T06:00:00Z: far from midnight, where rules expire. */
const START_MS = Date.parse('2026-06-15T06:00:00.000Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Two hours an event may be late, twice the visibility of a message whose process died, and the delays of returned ones. */
const CALM_WITHIN_MS = 5 * HOUR;

/** What of a schedule a replay leaves out. */
export interface LeftOut {
  readonly stimuli: ReadonlySet<number>;
  readonly faults: ReadonlySet<number>;
}

export const NOTHING_LEFT_OUT: LeftOut = { stimuli: new Set(), faults: new Set() };

/** What came of one schedule. */
export interface Outcome extends Verdict {
  readonly seed: number;
  readonly hash: string;
  readonly lines: readonly string[];
  readonly faults: Readonly<Record<FaultKind, number>>;
  readonly numberedFaults: number;
  readonly strikes: Strikes;
  readonly stimuli: number;
  readonly calls: number;
  readonly events: number;
  readonly invocations: number;
  readonly updates: number;
  readonly virtualMs: number;
  /** Messages that SQS itself put aside, and when the first of them, after the start. */
  readonly givenUp: number;
  readonly firstGivenUpMs: number | null;
  /** When the world came to rest after the faults, after the start. */
  readonly calmMs: number | null;
}

/** Plays one schedule to its end: to its first breach, or until the world has been at rest in every way there is. */
export async function runSchedule(
  seed: number,
  options: {
    readonly only?: readonly FaultKind[] | null;
    readonly leftOut?: LeftOut;
    readonly keepLines?: boolean;
  } = {},
): Promise<Outcome> {
  const { only = null, leftOut = NOTHING_LEFT_OUT, keepLines = false } = options;
  return runScripted(drawSchedule(seed, only), leftOut, keepLines);
}

/** Plays a schedule that was not drawn. */
export async function runScripted(
  schedule: Schedule,
  leftOut: LeftOut = NOTHING_LEFT_OUT,
  keepLines = false,
): Promise<Outcome> {
  await warmKits();
  const random = createRandom(schedule.seed).fork('actors');
  const time = installVirtualTime(START_MS, random.fork('Math.random'));
  try {
    return await play(schedule, time, random, leftOut, keepLines);
  } finally {
    time.uninstall();
  }
}

async function play(
  schedule: Schedule,
  time: World['time'],
  random: World['random'],
  leftOut: LeftOut,
  keepLines: boolean,
): Promise<Outcome> {
  const trace = createTrace(START_MS, keepLines);
  const note = (what: string): void => trace.note(time.nowMs(), what);
  const faultChance = createRandom(schedule.seed).fork('faults');
  const faults = createInjector({
    plan: schedule.faults,
    random: faultChance,
    leftOut: leftOut.faults,
    note,
  });
  const ledger = createLedger();
  const newId = createIds(random.fork('ids'));
  const watchers: World['watchers'] = [];
  const queues = createQueueService({ region: REGION, accountId: ACCOUNT, now: time.nowMs, newId });
  const ruleArn = addQueues(queues, schedule.settings);
  const principal = { service: 'events.amazonaws.com', sourceArn: ruleArn };
  const deliverTo = (queue: string) => (body: string) => {
    const sent = queues.sendAs(principal, queue, body);
    if (!sent.ok) throw new Error(`EventBridge could not send: ${sent.message}`);
    ledger.bodies.set(sent.messageId, body);
  };
  const bus = createEventBridge({
    ...{ time, random: random.fork('event bridge'), faults, ledger },
    ...{ deliver: deliverTo('ingest'), deliverToDeadLetters: deliverTo('undelivered') },
  });
  const hub = createHub({
    ...{ readings: schedule.readings, nowMs: time.nowMs, newId, emit: bus.put },
    onChange: (change) => {
      ledger.changes.push(change);
      for (const watcher of watchers) watcher.onChange?.(change);
    },
  });
  const world: World = { schedule, time, random, faults, hub, queues, ledger, note, watchers };
  const verdict = createVerdict(world, INVARIANTS);
  let calls = 0;
  watchers.push({
    onCall: () => {
      calls += 1;
    },
  });
  const spells = createSpells(schedule.spells, time, faults);
  const first = RULESETS[schedule.ruleset];
  if (first === undefined) throw new Error(`There is no ruleset ${schedule.ruleset}.`);
  const lambda = createFunction(world, first, spells);
  const source = createEventSource(world, lambda.invoke);
  const outsiders = createOutsiders(world, bus, lambda);
  const operator = createOperator(world, bus);

  let givenUp = 0;
  let firstGivenUpMs: number | null = null;
  let calmMs: number | null = null;
  queues.subscribe(({ kind }) => {
    if (kind !== 'deadLettered') return;
    givenUp += 1;
    firstGivenUpMs ??= time.nowMs() - START_MS;
  });

  let waiting = 0;
  for (const [number, stimulus] of schedule.stimuli.entries()) {
    if (leftOut.stimuli.has(number)) continue;
    waiting += 1;
    time.after(stimulus.atMs, () => {
      waiting -= 1;
      outsiders.perform(stimulus);
    });
  }
  const isOver = (): boolean => verdict.isBroken();
  const isCalm = (): boolean =>
    isOver() || (waiting === 0 && outsiders.underWay() === 0 && bus.underWay() === 0 && source.isIdle());

  const rest = async (name: Rest): Promise<void> => {
    if (isOver()) return;
    const calm = await time.run(CALM_WITHIN_MS, isCalm);
    note(`rest: ${name}`);
    if (!calm) verdict.breach('I4', `Not at rest ${CALM_WITHIN_MS / HOUR} hours after ${name}.`);
    else if (!isOver()) for (const watcher of watchers) watcher.atRest?.(name);
  };

  await time.run(schedule.endMs, isOver);
  faults.stop();
  note('faults are over');
  await rest('calm');
  calmMs = isOver() ? null : time.nowMs() - START_MS;
  if (!isOver()) operator.redrive();
  await rest('redriven');
  if (!isOver() && ledger.deployments.length > 1) {
    operator.refreshAll();
    await rest('refreshed');
  }
  if (!isOver() && schedule.replaysAll) {
    await time.run(20 * MINUTE, isOver);
    operator.replayAll();
    await rest('replayed');
  }
  await time.run(HOUR, isOver);
  await rest('an hour later');

  note(digestOf(hub.findings()));
  return {
    ...verdict.judged(),
    ...{ seed: schedule.seed, hash: trace.hash(), lines: trace.lines(), faults: faults.counts() },
    ...{ numberedFaults: faults.numbered(), strikes: faults.struck(), stimuli: schedule.stimuli.length },
    calls,
    events: ledger.emissions.size,
    invocations: ledger.invocations.length,
    updates: ledger.updates.length,
    virtualMs: time.nowMs() - START_MS,
    ...{ givenUp, firstGivenUpMs, calmMs },
  };
}

/** Identifiers that look like those of AWS and depend on the seed alone. */
function createIds(random: World['random']): () => string {
  let number = 0;
  return () => {
    number += 1;
    const part = (): string => random.int(0, 0xffff_ffff).toString(16).padStart(8, '0');
    const text = `${part()}${part()}${part()}${number.toString(16).padStart(8, '0')}`;
    return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  };
}

function digestOf(findings: ReturnType<World['hub']['findings']>): string {
  return `findings ${hash('sha256', JSON.stringify(findings), 'hex').slice(0, 16)}`;
}

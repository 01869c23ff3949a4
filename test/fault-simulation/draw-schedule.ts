import { FAULT_KINDS, type FaultKind } from './faults/catalogue.ts';
import type { FaultRates } from './faults/injector.ts';
import { OWN_SETTINGS } from './own-settings.ts';
import { createRandom, type Random } from './random.ts';
import type { Readings, Schedule, Settings, Spell } from './schedule.ts';
import { drawStimuli } from './workload/draw-stimuli.ts';
import { RULESETS } from './workload/rulesets.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The rarest and the most frequent a fault is, at each place where it can strike, where it is switched on. */
const RATES: Readonly<Record<FaultKind, readonly [number, number]>> = {
  throttle: [0.02, 0.4],
  serverError: [0.02, 0.4],
  resetBefore: [0.02, 0.2],
  resetAfter: [0.02, 0.2],
  replyLost: [0.02, 0.2],
  emptyReply: [0.02, 0.2],
  missingId: [0.05, 0.4],
  strangerInReply: [0.02, 0.2],
  slowReply: [0.02, 0.3],
  hang: [0.02, 0.15],
  concurrentUpdate: [0.02, 0.3],
  internalFailure: [0.02, 0.3],
  findingNotFound: [0.02, 0.3],
  invalidInput: [0.02, 0.2],
  sizeExceeded: [0.01, 0.1],
  unknownCode: [0.01, 0.1],
  poison: [0.02, 0.15],
  clockSkew: [0.02, 0.2],
  outage: [1, 1],
  policySkew: [1, 1],
  foreignLoad: [1, 1],
  crashBefore: [0.02, 0.2],
  crashAfter: [0.02, 0.2],
  crashBeforeAnswer: [0.05, 0.3],
  coldStart: [0.1, 0.6],
  letterSendFails: [0.1, 0.6],
  letterEntryFails: [0.1, 0.6],
  letterReplyLost: [0.05, 0.4],
  visibilityFails: [0.1, 0.6],
  duplicateEvent: [0.05, 0.5],
  delayedEvent: [0.02, 0.4],
  reorderedEvents: [0.1, 0.6],
  undelivered: [0.01, 0.15],
  duplicateReceive: [0.02, 0.3],
  deleteFails: [0.02, 0.3],
  invocationThrottled: [0.05, 0.4],
};

/** The ruleset that writes one payload on every finding. */
const SAME_FOR_ALL = 1;

/** Draws a schedule: half of the faults are switched off in it, each of the others has a rate of its own. */
export function drawSchedule(seed: number, only: readonly FaultKind[] | null): Schedule {
  const random = createRandom(seed);
  const rates = drawRates(random.fork('rates'), only);
  const world = random.fork('world');
  const spanMs = drawSpan(world);
  const endMs = spanMs + 10 * MINUTE;
  const stimuli = drawStimuli(random.fork('stimuli'), spanMs);
  const settings = drawSettings(random.fork('settings'));
  // More than a hundred findings with one payload in one batch: what calls are cut into.
  const isCrowded =
    world.chance(0.8) && stimuli.some((one) => one.kind === 'import' && one.states.length > 100);
  return {
    seed,
    readings: drawReadings(random.fork('readings')),
    settings: isCrowded ? { ...settings, batchSize: 1000, windowMs: 30_000 } : settings,
    ruleset: isCrowded ? SAME_FOR_ALL : world.int(0, RULESETS.length - 1),
    faults: { kind: 'drawn', rates },
    stimuli,
    spells: drawSpells(random.fork('spells'), rates, endMs),
    endMs,
    // A crowd's events take as long as ten other schedules.
    replaysAll: world.chance(isCrowded ? 0.05 : 0.25),
    readsLogs: world.chance(0.25),
  };
}

function drawRates(random: Random, only: readonly FaultKind[] | null): FaultRates {
  const entries = FAULT_KINDS.map((kind) => {
    const [least, most] = RATES[kind];
    const isOn = random.chance(0.5);
    const rate = least + random.next() * (most - least);
    if (only !== null) return [kind, only.includes(kind) ? rate : 0] as const;
    return [kind, isOn ? rate : 0] as const;
  });
  return Object.fromEntries(entries) as FaultRates;
}

/** Most races need minutes; what grows stale or burns its receipts needs hours. */
function drawSpan(random: Random): number {
  const dice = random.next();
  if (dice < 0.7) return random.int(1, 20) * MINUTE;
  if (dice < 0.95) return random.int(20, 75) * MINUTE;
  return random.int(75, 300) * MINUTE;
}

function drawReadings(random: Random): Readings {
  const [throttledAs, throttledStatus] = random.pick([
    ['TooManyRequestsException', 429],
    ['LimitExceededException', 429],
    ['ThrottlingException', 400],
    ['ThrottlingException', 429],
    ['RequestLimitExceeded', 503],
  ] as const);
  return {
    maps: random.pick(['replace', 'merge']),
    emitNoOp: random.chance(0.5),
    throttledAs,
    throttledStatus,
    eventSourceBacksOff: random.chance(0.5),
  };
}

/** The stack's own settings in most schedules; others where a limit is nearer. */
function drawSettings(random: Random): Settings {
  const isOwn = random.chance(0.5);
  return {
    mode: random.chance(0.95) ? 'enforce' : 'observe',
    batchSize: isOwn ? OWN_SETTINGS.batchSize : random.pick([10, 100, 500]),
    windowMs: isOwn ? OWN_SETTINGS.windowMs : random.pick([0, 5_000, 60_000]),
    callsPerSecond: isOwn ? OWN_SETTINGS.callsPerSecond : random.pick([1, 2, 4]),
    callBurst: isOwn ? OWN_SETTINGS.callBurst : random.pick([2, 5, 15]),
    suppressionsPerHour: random.chance(0.2) ? random.int(2, 12) : null,
    functionTimeoutMs: isOwn ? OWN_SETTINGS.functionTimeoutMs : random.pick([15_000, 60_000]),
  };
}

function drawSpells(random: Random, rates: FaultRates, endMs: number): readonly Spell[] {
  const spell = (kind: Spell['kind'], longestMs: number): readonly Spell[] => {
    const fromMs = Math.round(random.next() * endMs * 0.7);
    const lengthMs = Math.round((0.05 + random.next() * 0.95) * longestMs);
    return rates[kind] > 0 ? [{ kind, fromMs, toMs: Math.min(endMs, fromMs + lengthMs) }] : [];
  };
  return [
    ...spell('outage', random.chance(0.15) ? 2 * HOUR : 12 * MINUTE),
    ...spell('policySkew', 15 * MINUTE),
    ...spell('foreignLoad', 10 * MINUTE),
  ];
}

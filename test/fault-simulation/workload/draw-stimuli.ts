import type { Random } from '../random.ts';
import type { Stimulus } from '../schedule.ts';
import { drawPersonsUpdate } from './draw-persons-update.ts';
import { CANARY, firstState, nextState, type ProviderState } from './population.ts';
import { ACCEPT_RISK, FOREIGN_ACTION, LOOK_AGAIN, RETRIAGE, RULESETS, TRUST } from './rulesets.ts';
import { STRANGE_BODIES } from './strange-bodies.ts';

const SECOND = 1_000;
const MINUTE = 60_000;

/**
 * What happens in the world: findings come in bursts, change again while their first event is under way, and people
 * act on them at the same moments. A workload that spreads things evenly would not find what only a crowd brings out.
 */
export function drawStimuli(random: Random, spanMs: number): readonly Stimulus[] {
  const stimuli: Stimulus[] = [];
  const states = new Map<number, ProviderState>();
  const add = (stimulus: Stimulus): void => {
    stimuli.push({ ...stimulus, atMs: Math.min(spanMs, Math.round(stimulus.atMs)) });
  };
  let known = 0;
  for (let burst = random.int(1, 2); burst > 0; burst -= 1) {
    const atMs = random.next() * spanMs * 0.8;
    const size = drawBurstSize(random);
    const burstStates = Array.from({ length: size }, (_, at) => {
      const n = known + at;
      const state = firstState(n, random);
      states.set(n, state);
      return { n, state };
    });
    known += size;
    add({ kind: 'import', atMs, states: burstStates });
    for (const { n } of burstStates) drawLife(random, n, atMs, spanMs, size, states, add);
  }
  drawCrowd(random, known, spanMs, states, add);
  if (random.chance(0.4))
    for (let swaps = random.int(1, 3); swaps > 0; swaps -= 1)
      add({ kind: 'deploy', atMs: random.next() * spanMs, ruleset: random.int(0, RULESETS.length - 1) });
  if (random.chance(0.3))
    for (let more = random.int(1, 3); more > 0; more -= 1)
      add({ kind: 'strange', atMs: random.next() * spanMs, body: random.pick(STRANGE_BODIES) });
  return stimuli.sort((a, b) => a.atMs - b.atMs);
}

/** One call holds a hundred identifiers, so bursts of about that many and a few more are the interesting large ones. */
function drawBurstSize(random: Random): number {
  const dice = random.next();
  if (dice < 0.75) return random.int(1, 4);
  if (dice < 0.96) return random.int(5, 14);
  return random.pick([100, 101, 102, 110, 120, 201]);
}

/** What befalls one finding after it has come: in a large burst few of them have a history. */
function drawLife(
  random: Random,
  n: number,
  bornMs: number,
  spanMs: number,
  burst: number,
  states: Map<number, ProviderState>,
  add: (stimulus: Stimulus) => void,
): void {
  const eventful = Math.min(1, 12 / burst);
  let atMs = bornMs;
  while (random.chance(0.45 * eventful)) {
    atMs += drawGap(random);
    if (atMs > spanMs) return;
    const dice = random.next();
    if (dice < 0.5) {
      const state = nextState(states.get(n) ?? firstState(n, random), random);
      states.set(n, state);
      add({ kind: 'import', atMs, states: [{ n, state }] });
    } else if (dice < 0.87) {
      const by = random.chance(0.8) ? 'analyst' : 'tool';
      add({ kind: 'person', atMs, by, findings: [n], update: drawPersonsUpdate(random, by) });
    } else drawPresses(random, n, atMs, add);
  }
}

function drawPresses(random: Random, n: number, atMs: number, add: (stimulus: Stimulus) => void): void {
  const [actionId, actionName] = random.pick([
    [ACCEPT_RISK, 'Accept risk'],
    [RETRIAGE, 'Re-triage'],
    [FOREIGN_ACTION, 'Open ticket'],
  ] as const);
  for (let presses = random.chance(0.3) ? 2 : 1; presses > 0; presses -= 1)
    add({ kind: 'press', atMs: atMs + presses * SECOND, n, actionId, actionName });
  // Another button right after the first: both presses are in one batch.
  if (random.chance(0.3))
    add({ kind: 'press', atMs: atMs + 3 * SECOND, n, actionId: ACCEPT_RISK, actionName: 'Accept risk' });
  // A stream of its own, so that whatever is drawn next is not moved by it.
  const otherwise = random.fork(`after the press ${n} ${atMs}`);
  if (otherwise.chance(0.35)) drawObjection(otherwise, n, atMs, add);
  const another = random.fork(`the other button after ${n} ${atMs}`);
  if (!another.chance(0.35)) return;
  const pressed = { actionId: LOOK_AGAIN, actionName: 'Look again' };
  const anotherMs = atMs + another.int(2, 90) * SECOND;
  add({ kind: 'press', atMs: anotherMs, n, ...pressed });
  // A third that has nothing to do with the two.
  const third = { actionId: TRUST, actionName: 'Trust' };
  if (another.chance(0.4)) add({ kind: 'press', atMs: anotherMs + another.int(1, 60) * SECOND, n, ...third });
}

/** Somebody thinks otherwise, while the press may still be on its way. */
function drawObjection(
  random: Random,
  n: number,
  pressedMs: number,
  add: (stimulus: Stimulus) => void,
): void {
  const status = { Workflow: { Status: random.pick(['NOTIFIED', 'RESOLVED', 'NEW']) } };
  const Note = { Text: `Look again ${CANARY}`, UpdatedBy: 'analyst' };
  const afterMs = random.chance(0.5) ? random.int(4, 120) * SECOND : random.int(2, 60) * MINUTE;
  const update = random.chance(0.5) ? { ...status, Note } : status;
  add({ kind: 'person', atMs: pressedMs + afterMs, by: 'analyst', findings: [n], update });
}

/** Milliseconds to seconds within one batch, minutes between two, half an hour past what is believed. */
function drawGap(random: Random): number {
  const dice = random.next();
  if (dice < 0.25) return random.int(1, 900);
  if (dice < 0.55) return random.int(1, 60) * SECOND;
  if (dice < 0.85) return random.int(1, 12) * MINUTE;
  return random.int(12, 60) * MINUTE;
}

/** Refreshes and acts of many findings at once: what makes groups and their halves. */
function drawCrowd(
  random: Random,
  known: number,
  spanMs: number,
  states: Map<number, ProviderState>,
  add: (stimulus: Stimulus) => void,
): void {
  const some = (): readonly number[] =>
    Array.from({ length: known }, (_, n) => n)
      .filter(() => random.chance(0.6))
      .slice(0, 100);
  if (random.chance(0.35)) {
    const findings = some();
    const changed = findings.map((n) => {
      const state = nextState(states.get(n) ?? firstState(n, random), random);
      states.set(n, state);
      return { n, state };
    });
    if (changed.length > 0) add({ kind: 'import', atMs: random.next() * spanMs, states: changed });
  }
  const findings = some();
  if (random.chance(0.2) && findings.length > 0)
    add({
      ...{ kind: 'person', by: 'analyst', findings },
      ...{ atMs: random.next() * spanMs, update: drawPersonsUpdate(random, 'analyst') },
    });
}

import type { Logger } from '@aws-lambda-powertools/logger';
import type { Finding } from '../../lib/findings/finding.ts';
import { findingKey } from '../../lib/findings/finding-key.ts';
import type { Ruleset } from '../../lib/rules/ruleset.ts';
import { decide } from '../../lib/triage/decide.ts';
import type { Decision } from '../../lib/triage/decision.ts';
import { type Choice, decidedPress, isTied, type Snapshot } from '../../lib/triage/newest.ts';
import type { PressedOn } from '../../lib/triage/pressed-on.ts';
import type { UpdateResult } from '../../lib/triage/settle.ts';
import type { DeliveryMemory } from './delivery-memory.ts';
import type { Pace } from './paced-call.ts';
import { rereadFindings } from './reread.ts';
import type { SecurityHub } from './security-hub.ts';

/** A snapshot with what was decided of it. */
export interface Decided {
  readonly snapshot: Snapshot;
  /** The press that is decided, with the state it was made on; null where it is none. */
  readonly press: Snapshot | null;
  readonly decision: Decision;
  /** Every snapshot of the batch that the decision settles. */
  readonly covered: readonly Snapshot[];
  /** Why the decision may not be carried out: the finding's present state is not known. */
  readonly blocked: UpdateResult | null;
  /** When the finding was read for the decision (ms since 1970); null where it is as the event brought it. */
  readonly readAtMs: number | null;
}

export interface DecisionContext {
  readonly ruleset: Ruleset;
  readonly mode: 'observe' | 'enforce';
  /** One time for the whole invocation, so that its decisions agree. */
  readonly nowMs: number;
  readonly deliveries: DeliveryMemory;
  readonly log: Logger;
}

/** After this long a person has had time to act on what the event shows, so its state is no longer believed. */
const STALE_AFTER_MS = 15 * 60 * 1000;

/** Decides snapshots one after the other: the engine is not to be run on two findings at once. */
export async function decideAll(
  choices: readonly Choice[],
  context: DecisionContext,
): Promise<readonly Decided[]> {
  const decided: Decided[] = [];
  for (const { snapshot, covered } of choices) {
    const press = decidedPress(snapshot, covered, context.ruleset.config);
    const decision = await decideOne(snapshot, press, context);
    decided.push({ snapshot, press, covered, decision, blocked: null, readAtMs: null });
  }
  return decided;
}

/** What to say of a finding whose events have all been carried out before. */
export function leaveUnchanged(snapshot: Snapshot): Decided {
  const decision = undecided(snapshot.finding, 'unchanged');
  return { snapshot, press: null, covered: [], decision, blocked: null, readAtMs: null };
}

/**
 * Decides again, on the finding as it stands now, what would act on an event older than 15 minutes, received before
 * or from before an update of ours or a state that was seen, what came in two states of which nothing says which is
 * newer, and what holds nothing but an identity (a dead letter that was cut to size): there is no state in it to decide
 * on.
 */
export async function redecideStale(
  decided: readonly Decided[],
  context: DecisionContext,
  hub: () => Promise<SecurityHub>,
  pace: Pace,
): Promise<readonly Decided[]> {
  const stale = decided.filter((one) => mustReread(one, context));
  if (stale.length === 0) return decided;
  const reread = await rereadFindings(
    stale.map(({ decision }) => decision.finding),
    await hub(),
    pace,
  );
  const readAtMs = pace.clock.nowMs();
  const current: Decided[] = [];
  for (const one of decided) {
    const fresh = reread.get(findingKey(one.decision.finding));
    if (fresh === undefined) current.push(one);
    else if (fresh.kind === 'blocked') current.push({ ...one, blocked: fresh.result });
    else {
      const snapshot = { ...one.snapshot, finding: fresh.finding };
      const decision = await decideOne(snapshot, one.press, context);
      current.push({ ...one, snapshot, decision, readAtMs });
    }
  }
  return current;
}

function mustReread({ snapshot, press, covered, decision }: Decided, context: DecisionContext): boolean {
  const { mode, deliveries } = context;
  if (Object.keys(snapshot.finding).length === 2) return true;
  if (mode === 'observe') return false;
  // Even where nothing is to be sent: on the other state, something may be.
  if (isTied(snapshot, covered)) return true;
  // Likewise: on the state the first act left, something may be.
  if (snapshot.redelivered && press !== null) return true;
  const acts = decision.kind === 'update' || decision.kind === 'deadLetter';
  const isOld = snapshot.timeMs !== null && !isRecent(snapshot, context);
  // A message comes back where its update failed or where only its reply was lost: then the update may stand already.
  const isLate = deliveries.mayPredateUpdate(snapshot) || deliveries.mayPredateState(snapshot);
  return acts && (isOld || snapshot.redelivered || isLate);
}

/** What a press was made on: it is carried out on a newer state where there is one, over nothing set in between. */
function pressedOnOf(press: Snapshot, context: DecisionContext): PressedOn {
  return {
    finding: press.finding,
    otherPress(field) {
      const lastMs = context.deliveries.lastPressMs(press, field);
      if (lastMs === null) return isRecent(press, context) ? 'earlier' : 'none';
      return timeOf(press) >= lastMs ? 'earlier' : 'later';
    },
  };
}

function isRecent(snapshot: Snapshot, { nowMs }: DecisionContext): boolean {
  return nowMs - timeOf(snapshot) <= STALE_AFTER_MS;
}

function timeOf({ timeMs }: Snapshot): number {
  return timeMs ?? Number.NEGATIVE_INFINITY;
}

async function decideOne(
  { finding, event }: Snapshot,
  press: Snapshot | null,
  context: DecisionContext,
): Promise<Decision> {
  const pressedOn = press === null ? undefined : pressedOnOf(press, context);
  try {
    return await decide(finding, event, context.ruleset, context.nowMs, 'matching', pressedOn);
  } catch (error) {
    // A fault of ours that one finding brings out must not take its neighbours along.
    const name = error instanceof Error ? error.name : 'unknown';
    // Frames only: the message of an error may quote the finding.
    const frames =
      error instanceof Error ? error.stack?.split('\n').filter((line) => /^ +at /.test(line)) : [];
    context.log.error('decision failed', { Id: finding.Id, ProductArn: finding.ProductArn, name, frames });
    const cause = { code: 'DecisionFailed', message: `Deciding this finding failed with ${name}` };
    return { ...undecided(finding, 'deadLetter'), cause };
  }
}

function undecided({ Id, ProductArn }: Finding, kind: Decision['kind']): Decision {
  return {
    finding: { Id, ProductArn },
    kind,
    update: null,
    rules: [],
    held: [],
    observed: null,
    newlySuppressed: false,
    trace: [],
  };
}

import { canonicalJson } from '../../lib/findings/canonical-json.ts';
import type { Finding } from '../../lib/findings/finding.ts';
import type { TriageEvent } from '../../lib/findings/triage-event.ts';
import type { Ruleset } from '../../lib/rules/ruleset.ts';
import { isOwnAction } from '../reference/custom-action.ts';
import { type ReferenceDecision, referenceDecide } from '../reference/decide.ts';
import type { AppliedUpdate, Invocation, Snapshot, StateShown } from './ledger.ts';

/** An event's state is believed for so long, by the function's clock. */
export const BELIEVED_MS = 15 * 60_000;

/**
 * What an update follows from: those of the states the invocation was shown, under one of the events it was given,
 * of which the reference says that exactly this, as canonical JSON, is to be sent. The reference knows nothing of the
 * product's code.
 */
export function groundsOf(invocation: Invocation, key: string, sent: string): readonly StateShown[] {
  return statesShown(invocation, key).filter((state) => {
    const decision = decideByReference(invocation, state);
    return decision.update !== null && canonicalJson(decision.update) === sent;
  });
}

/**
 * The events that an update answers: of a person's acts the presses of the same button, and as soon as it follows from
 * a plain event all plain ones of the batch, for one decision covers them.
 */
export function eventsAnswered(
  { snapshots }: Invocation,
  key: string,
  grounds: readonly Snapshot[],
): readonly string[] {
  const actions = new Set(grounds.map(({ event }) => event.actionId));
  const covered = (snapshots.get(key) ?? []).filter(({ event }) => actions.has(event.actionId));
  return [...grounds, ...covered].map(({ eventId }) => eventId);
}

/** Every state of the finding that the invocation was shown, under every event that it was given for it. */
export function statesShown(invocation: Invocation, key: string): readonly StateShown[] {
  const snapshots = invocation.snapshots.get(key) ?? [];
  const shown = [...snapshots, ...(invocation.reads.get(key) ?? [])];
  const seen = new Set<string>();
  return shown.flatMap((state) =>
    snapshots.flatMap((brought) => {
      const { event, eventId } = brought;
      // A press is held against the state it was made on; plain events are all the same.
      const once = `${event.actionId === undefined ? '' : eventId}/${shown.indexOf(state)}`;
      if (seen.has(once)) return [];
      seen.add(once);
      return [{ ...state, event, eventId, brought }];
    }),
  );
}

/** The reference's decision by the rules and the clock of this invocation, on a state under the event that brought it or another. */
export function decideByReference(
  invocation: Invocation,
  { finding, brought }: StateShown,
): ReferenceDecision {
  const { environment, nowMs } = invocation;
  const { ruleset } = environment;
  if (!isOwnAction(brought.event, ruleset.config)) return referenceOn(finding, brought.event, ruleset, nowMs);
  const pressedOn = { finding: brought.finding, mayFollowPress: mayFollowPress(brought, invocation) };
  return referenceDecide(finding, brought.event, ruleset, nowMs, pressedOn);
}

/** Whether a press may be the second of two: no later one is known, and where none is known at all, it is young. */
export function mayFollowPress({ key, timeMs }: Snapshot, { environment, nowMs }: Invocation): boolean {
  const lastMs = environment.pressedMs.get(key);
  return lastMs === undefined ? nowMs - timeMs <= BELIEVED_MS : timeMs >= lastMs;
}

/** The press that an update carried out: the latest of those that ask for it; null where only plain events do. */
export function latestPressOf({ grounds, invocation }: AppliedUpdate): Snapshot | null {
  const { config } = invocation.environment.ruleset;
  const presses = grounds.map(({ brought }) => brought).filter(({ event }) => isOwnAction(event, config));
  return presses.reduce<Snapshot | null>(
    (latest, press) => (latest === null || press.timeMs > latest.timeMs ? press : latest),
    null,
  );
}

const DAY_MS = 86_400_000;
const known = new WeakMap<Finding, Map<string, ReferenceDecision>>();

/** The reference is slow, and many ask it the same: rules here depend on time by the day alone. */
export function referenceOn(
  finding: Finding,
  event: TriageEvent,
  ruleset: Ruleset,
  nowMs: number,
): ReferenceDecision {
  const decisions = known.get(finding) ?? new Map<string, ReferenceDecision>();
  known.set(finding, decisions);
  const question = `${ruleset.version} ${Math.floor(nowMs / DAY_MS)} ${event.actionId ?? ''}`;
  const decision = decisions.get(question) ?? referenceDecide(finding, event, ruleset, nowMs);
  decisions.set(question, decision);
  return decision;
}

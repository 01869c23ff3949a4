import { canonicalJson } from '../../lib/findings/canonical-json.ts';
import type { Finding } from '../../lib/findings/finding.ts';
import type { TriageEvent } from '../../lib/findings/triage-event.ts';
import type { Ruleset } from '../../lib/rules/ruleset.ts';
import { isOwnAction } from '../reference/custom-action.ts';
import { type ReferenceDecision, referenceDecide } from '../reference/decide.ts';
import type { AppliedUpdate, Invocation, Snapshot, StateShown } from './ledger.ts';
import { otherPressesOn } from './other-presses.ts';

/**
 * What an update follows from: those of the states the invocation was shown, under one of the events it was given,
 * of which the reference says that exactly this, as canonical JSON, is to be sent. The reference knows nothing of the
 * product's code.
 */
export function groundsOf(invocation: Invocation, key: string, sent: string): readonly StateShown[] {
  return statesShown(invocation, key).filter((state) => {
    const decisions = decisionsByReference(invocation, state);
    return decisions.some(({ update }) => update !== null && canonicalJson(update) === sent);
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

/**
 * The reference's decisions by the rules and the clock of this invocation, on a state under the event that brought it or
 * another: of a press one for each thing that the environment may know of others.
 */
export function decisionsByReference(
  invocation: Invocation,
  { finding, brought }: StateShown,
): readonly ReferenceDecision[] {
  const { environment, nowMs } = invocation;
  const { ruleset } = environment;
  const { event } = brought;
  if (!isOwnAction(event, ruleset.config)) return [referenceOn(finding, event, ruleset, nowMs)];
  return otherPressesOn(brought, invocation).map((otherPress) =>
    referenceDecide(finding, event, ruleset, nowMs, { finding: brought.finding, otherPress }),
  );
}

/** The fields on which a press that is decided on a state has its will, by the reference. */
export function askedBy(invocation: Invocation, press: StateShown): readonly string[] {
  return decisionsByReference(invocation, press).flatMap(({ pressed = [] }) => pressed);
}

/** The press that an update carried out, on the state it was decided on: the latest of those that ask for it; null where only plain events do. */
export function latestPressOf({ grounds, invocation }: AppliedUpdate): StateShown | null {
  const { config } = invocation.environment.ruleset;
  const presses = grounds.filter(({ brought }) => isOwnAction(brought.event, config));
  return presses.reduce<StateShown | null>(
    (latest, press) => (latest === null || press.brought.timeMs > latest.brought.timeMs ? press : latest),
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

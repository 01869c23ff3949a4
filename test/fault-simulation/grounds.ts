import { canonicalJson } from '../../lib/findings/canonical-json.ts';
import type { Finding } from '../../lib/findings/finding.ts';
import type { TriageEvent } from '../../lib/findings/triage-event.ts';
import type { Ruleset } from '../../lib/rules/ruleset.ts';
import { type ReferenceDecision, referenceDecide } from '../reference/decide.ts';
import type { Invocation, Snapshot } from './ledger.ts';

/**
 * What an update follows from: those of the states the invocation was shown, under one of the events it was given,
 * of which the reference says that exactly this, as canonical JSON, is to be sent. The reference knows nothing of the
 * product's code.
 */
export function groundsOf(invocation: Invocation, key: string, sent: string): readonly Snapshot[] {
  return statesShown(invocation, key).filter(({ finding, event }) => {
    const decision = decideByReference(invocation, finding, event);
    return decision.update !== null && canonicalJson(decision.update) === sent;
  });
}

/**
 * The events that an update answers: of a person's acts those it follows from, and as soon as it follows from a plain
 * event all plain ones of the batch, for one decision covers them.
 */
export function eventsAnswered(
  { snapshots }: Invocation,
  key: string,
  grounds: readonly Snapshot[],
): readonly string[] {
  const isPlain = ({ event }: Snapshot): boolean => event.actionId === undefined;
  const covered = grounds.some(isPlain) ? (snapshots.get(key) ?? []).filter(isPlain) : [];
  return [...grounds, ...covered].map(({ eventId }) => eventId);
}

/** Every state of the finding that the invocation was shown, under every event that it was given for it. */
export function statesShown(invocation: Invocation, key: string): readonly Snapshot[] {
  const snapshots = invocation.snapshots.get(key) ?? [];
  const shown = [...snapshots, ...(invocation.reads.get(key) ?? [])];
  const seen = new Set<string>();
  return shown.flatMap((state) =>
    snapshots.flatMap(({ event, eventId }) => {
      const once = `${event.actionId ?? ''}/${shown.indexOf(state)}`;
      if (seen.has(once)) return [];
      seen.add(once);
      return [{ ...state, event, eventId }];
    }),
  );
}

/** The reference's decision by the rules and the clock of this invocation. */
export function decideByReference(
  { environment, nowMs }: Invocation,
  finding: Finding,
  event: TriageEvent,
): ReferenceDecision {
  return referenceOn(finding, event, environment.ruleset, nowMs);
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

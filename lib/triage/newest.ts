import { canonicalJson } from '../findings/canonical-json.ts';
import type { Finding } from '../findings/finding.ts';
import { findingKey } from '../findings/finding-key.ts';
import type { Envelope } from '../findings/read-event.ts';
import type { TriageEvent } from '../findings/triage-event.ts';
import type { TriageConfig } from '../rules/ruleset.ts';
import { isOwnAction } from './instance.ts';

/** One finding as one event brought it. */
export interface Snapshot {
  readonly finding: Finding;
  readonly event: TriageEvent;
  readonly timeMs: number | null;
  readonly envelope: Envelope;
  /** The message that brought the event. */
  readonly messageId: string;
  /**
   * The message was received before, or was a dead letter, so other messages may have been acted on since the event was
   * made. Of a choice: that which brought the state, or one that is settled with it.
   */
  readonly redelivered: boolean;
}

/** What of one finding's snapshots is decided now. */
export interface Choice {
  /** The newest state, under the event it is decided for. */
  readonly snapshot: Snapshot;
  /** Every snapshot that this decision settles: the one decided and those it supersedes. */
  readonly covered: readonly Snapshot[];
  /** Acts that are to be decided on their own, after this one. */
  readonly postponed: readonly Snapshot[];
}

/**
 * Leaves one choice a finding, in the order in which the findings first appear. Events come at least once and
 * in any order, and one request may name a finding only once, so only the newest state of a finding is decided;
 * older snapshots share its outcome.
 *
 * An event of our own custom action is a person's act and must not get lost behind a plain snapshot of the same
 * finding, nor behind another act: where there is one, the newest state is decided under that event. Of several
 * presses of one action the latest counts; of different actions the oldest is decided and the others are postponed.
 */
export function newestSnapshots(snapshots: readonly Snapshot[], config: TriageConfig): readonly Choice[] {
  const byFinding = new Map<string, Snapshot[]>();
  for (const snapshot of snapshots) {
    const key = findingKey(snapshot.finding);
    const known = byFinding.get(key);
    if (known === undefined) byFinding.set(key, [snapshot]);
    else known.push(snapshot);
  }
  return [...byFinding.values()].map((all) => chooseOne(all, config));
}

function chooseOne(all: readonly Snapshot[], config: TriageConfig): Choice {
  const newest = all.reduce((known, snapshot) => (isNewer(snapshot, known) ? snapshot : known));
  const acts = all.filter(({ event }) => isOwnAction(event, config));
  const act = firstAct(acts);
  if (act === null) return { snapshot: withDelivery(newest, all), covered: all, postponed: [] };
  const others = new Set(acts.filter(({ event }) => event.actionId !== act.event.actionId));
  const covered = all.filter((one) => !others.has(one));
  const decided = { ...newest, event: act.event, envelope: act.envelope, messageId: act.messageId };
  return { snapshot: withDelivery(decided, covered), covered, postponed: [...others] };
}

/** The press that is decided, with the state it was made on, for it is decided on the newest; null where it is none. */
export function decidedPress(
  { event }: Snapshot,
  covered: readonly Snapshot[],
  config: TriageConfig,
): Snapshot | null {
  return isOwnAction(event, config) ? (covered.find((one) => one.event === event) ?? null) : null;
}

/** What a message brought that had been received before may stand already, whichever of its twins is decided. */
function withDelivery(snapshot: Snapshot, covered: readonly Snapshot[]): Snapshot {
  return { ...snapshot, redelivered: [snapshot, ...covered].some(({ redelivered }) => redelivered) };
}

/** The latest press of each action, and of these the oldest: decided in this order, the last press has the last word. */
function firstAct(acts: readonly Snapshot[]): Snapshot | null {
  const latest = new Map<string | undefined, Snapshot>();
  for (const act of acts) {
    const known = latest.get(act.event.actionId);
    if (known === undefined || instant(act.timeMs) >= instant(known.timeMs))
      latest.set(act.event.actionId, act);
  }
  const [first, ...rest] = latest.values();
  if (first === undefined) return null;
  return rest.reduce((known, act) => (instant(act.timeMs) < instant(known.timeMs) ? act : known), first);
}

/**
 * Whether another snapshot is as new as the one chosen and shows another state. UpdatedAt is the provider's, so what
 * people change leaves it as it is, and EventBridge tells its time in whole seconds: nothing says then which is newer.
 */
export function isTied({ finding, timeMs }: Snapshot, covered: readonly Snapshot[]): boolean {
  return covered.some(
    (other) =>
      other.finding !== finding &&
      updatedAtOf(other.finding) === updatedAtOf(finding) &&
      instant(other.timeMs) === instant(timeMs) &&
      canonicalJson(other.finding) !== canonicalJson(finding),
  );
}

/** By the provider's UpdatedAt as an instant, then by the event's time; of equals the later one in the batch. */
function isNewer(snapshot: Snapshot, known: Snapshot): boolean {
  const updated = updatedAtOf(snapshot.finding) - updatedAtOf(known.finding);
  // Infinity − Infinity (neither tells when it was updated) is NaN: undecided, as 0 is.
  return updated > 0 || (!(updated < 0) && instant(snapshot.timeMs) >= instant(known.timeMs));
}

/** The provider's UpdatedAt in ms since 1970; -Infinity where the finding does not tell it. */
export function updatedAtOf(finding: Finding): number {
  const timeMs = typeof finding.UpdatedAt === 'string' ? Date.parse(finding.UpdatedAt) : Number.NaN;
  return Number.isNaN(timeMs) ? Number.NEGATIVE_INFINITY : timeMs;
}

function instant(timeMs: number | null): number {
  return timeMs ?? Number.NEGATIVE_INFINITY;
}

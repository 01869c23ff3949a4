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
}

/**
 * Leaves one snapshot a finding, in the order in which the findings first appear. Events come at least once and
 * in any order, and one request may name a finding only once, so only the newest state of a finding is decided;
 * older snapshots share its outcome.
 *
 * An event of our own custom action is a person's act and must not get lost behind a plain snapshot of the same
 * finding: where there is one, the newest state is decided under that event (of several acts the latest counts).
 */
export function newestSnapshots(snapshots: readonly Snapshot[], config: TriageConfig): readonly Snapshot[] {
  const newest = new Map<string, Snapshot>();
  const acts = new Map<string, Snapshot>();
  for (const snapshot of snapshots) {
    const key = findingKey(snapshot.finding);
    const known = newest.get(key);
    if (known === undefined || isNewer(snapshot, known)) newest.set(key, snapshot);
    if (!isOwnAction(snapshot.event, config)) continue;
    const act = acts.get(key);
    if (act === undefined || instant(snapshot.timeMs) >= instant(act.timeMs)) acts.set(key, snapshot);
  }
  return [...newest].map(([key, snapshot]) => {
    const act = acts.get(key);
    return act === undefined ? snapshot : { ...snapshot, event: act.event, envelope: act.envelope };
  });
}

/** By the provider's UpdatedAt as an instant, then by the event's time; of equals the later one in the batch. */
function isNewer(snapshot: Snapshot, known: Snapshot): boolean {
  const updated = updatedAt(snapshot.finding) - updatedAt(known.finding);
  // Infinity − Infinity (neither tells when it was updated) is NaN: undecided, as 0 is.
  if (updated > 0 || updated < 0) return updated > 0;
  return instant(snapshot.timeMs) >= instant(known.timeMs);
}

function updatedAt(finding: Finding): number {
  const timeMs = typeof finding.UpdatedAt === 'string' ? Date.parse(finding.UpdatedAt) : Number.NaN;
  return Number.isNaN(timeMs) ? Number.NEGATIVE_INFINITY : timeMs;
}

function instant(timeMs: number | null): number {
  return timeMs ?? Number.NEGATIVE_INFINITY;
}

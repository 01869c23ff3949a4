import { findingKey } from '../../lib/findings/finding-key.ts';
import type { Snapshot } from '../../lib/triage/newest.ts';

/** Which deliveries this execution environment has carried out. */
export interface DeliveryMemory {
  /** Whether this very event's update of this finding was confirmed before. */
  readonly wasApplied: (snapshot: Snapshot) => boolean;
  readonly remember: (snapshots: readonly Snapshot[]) => void;
}

/** About 4 MB at most; far more than the events that are under way at once. */
const REMEMBERED = 20_000;

/**
 * EventBridge and SQS deliver at least once, and a second delivery shows the finding as it stood before our update:
 * deciding on it would send the update again, over whatever a person has set since. Events are known by their id,
 * which duplicates share. Best effort, since another environment or a cold start does not know: there the update is
 * sent again, to the same effect.
 */
export function createDeliveryMemory(limit: number = REMEMBERED): DeliveryMemory {
  const applied = new Set<string>();
  return {
    wasApplied: (snapshot) => applied.has(deliveryKey(snapshot)),
    remember: (snapshots) => {
      for (const snapshot of snapshots) {
        if (typeof snapshot.envelope.id !== 'string') continue;
        applied.add(deliveryKey(snapshot));
        const oldest = applied.values().next();
        if (applied.size > limit && !oldest.done) applied.delete(oldest.value);
      }
    },
  };
}

/**
 * Leaves out what has been carried out, before anything is chosen: a second delivery must neither be decided nor
 * stand in front of another event of its finding. `done` holds a snapshot of each finding of which nothing is left.
 */
export function leaveOutApplied(
  snapshots: readonly Snapshot[],
  deliveries: DeliveryMemory,
): { readonly open: readonly Snapshot[]; readonly done: readonly Snapshot[] } {
  const open = snapshots.filter((snapshot) => !deliveries.wasApplied(snapshot));
  const left = new Set(open.map(({ finding }) => findingKey(finding)));
  const done = new Map<string, Snapshot>();
  for (const snapshot of snapshots) {
    const key = findingKey(snapshot.finding);
    if (!left.has(key)) done.set(key, snapshot);
  }
  return { open, done: [...done.values()] };
}

function deliveryKey({ envelope, finding }: Snapshot): string {
  return `${envelope.id}\n${findingKey(finding)}`;
}

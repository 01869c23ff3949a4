import { findingKey } from '../../lib/findings/finding-key.ts';
import type { Snapshot } from '../../lib/triage/newest.ts';

/** Which deliveries this execution environment has carried out. */
export interface DeliveryMemory {
  /** Whether this very event's update of this finding was confirmed before. */
  readonly wasApplied: (snapshot: Snapshot) => boolean;
  readonly remember: (snapshot: Snapshot) => void;
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
    remember: (snapshot) => {
      if (typeof snapshot.envelope.id !== 'string') return;
      applied.add(deliveryKey(snapshot));
      const oldest = applied.values().next();
      if (applied.size > limit && !oldest.done) applied.delete(oldest.value);
    },
  };
}

function deliveryKey({ envelope, finding }: Snapshot): string {
  return `${envelope.id}\n${findingKey(finding)}`;
}

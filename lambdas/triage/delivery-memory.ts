import { findingKey } from '../../lib/findings/finding-key.ts';
import { type Snapshot, updatedAtOf } from '../../lib/triage/newest.ts';

/** What this execution environment has carried out, and seen. */
export interface DeliveryMemory {
  /** Whether this very event's update of this finding was confirmed before. */
  readonly wasApplied: (snapshot: Snapshot) => boolean;
  /** Whether the snapshot may have been taken before an update of ours that has been confirmed since. */
  readonly mayPredateUpdate: (snapshot: Snapshot) => boolean;
  /** Whether another event, or a reading, showed a state of the finding that may be newer than the snapshot's. */
  readonly mayPredateState: (snapshot: Snapshot) => boolean;
  /** A snapshot was decided on; where the finding was read for that, when (ms since 1970). */
  readonly saw: (snapshot: Snapshot, readAtMs: number | null) => void;
  /** When the latest press was made after which a field stood as it asked for (ms since 1970); null where none is known. */
  readonly lastPressMs: (snapshot: Snapshot, field: string) => number | null;
  /** The snapshots of one finding that a confirmed update stood for, and when it was confirmed. */
  readonly remember: (snapshots: readonly Snapshot[], atMs: number) => void;
  /** A press was carried out, or asked for nothing that did not stand: these fields are as it asked for. */
  readonly rememberPress: (press: Snapshot, fields: readonly string[]) => void;
}

/** A state of a finding: how new it is, and the event that showed it. */
interface SeenState {
  readonly updatedAtMs: number;
  readonly timeMs: number;
  readonly eventId: unknown;
}

/** 4 to 9 MB a map, with identifiers as Security Hub gives them; far more than the events that are under way at once. */
const REMEMBERED = 20_000;

/**
 * EventBridge and SQS deliver at least once and in any order, so an event may show a finding as it stood before our
 * update. Deciding on a second delivery, known by the event's id, would send the update again, over whatever a person
 * has set since; deciding on another event from before would write over our own mark. Best effort, since another
 * environment or a cold start does not know.
 */
export function createDeliveryMemory(limit: number = REMEMBERED): DeliveryMemory {
  const applied = new Map<string, number>();
  const updates = new Map<string, number>();
  const states = new Map<string, SeenState>();
  const presses = new Map<string, ReadonlyMap<string, number>>();
  return {
    // An id that is no text tells no two deliveries apart, and may not even be written as one.
    wasApplied: (snapshot) => typeof snapshot.envelope.id === 'string' && applied.has(deliveryKey(snapshot)),
    mayPredateUpdate: ({ finding, timeMs }) => {
      const updatedMs = updates.get(findingKey(finding));
      return updatedMs !== undefined && (timeMs === null || timeMs <= updatedMs);
    },
    mayPredateState: (snapshot) => {
      const seen = states.get(findingKey(snapshot.finding));
      const state = stateOf(snapshot, null);
      if (seen === undefined || isNewer(state, seen)) return false;
      // The same event may come in parts, and again: it shows one state.
      return typeof state.eventId !== 'string' || state.eventId !== seen.eventId;
    },
    saw: (snapshot, readAtMs) => {
      const key = findingKey(snapshot.finding);
      const seen = states.get(key);
      const state = stateOf(snapshot, readAtMs);
      if (seen === undefined || isNewer(state, seen)) put(states, key, state, limit);
    },
    lastPressMs: ({ finding }, field) => presses.get(findingKey(finding))?.get(field) ?? null,
    remember: (snapshots, atMs) => {
      for (const snapshot of snapshots) {
        if (typeof snapshot.envelope.id === 'string') put(applied, deliveryKey(snapshot), atMs, limit);
        put(updates, findingKey(snapshot.finding), atMs, limit);
      }
    },
    rememberPress: ({ finding, timeMs }, fields) => {
      if (timeMs === null) return;
      const key = findingKey(finding);
      const known = presses.get(key) ?? new Map<string, number>();
      const latest = fields.map((field) => [field, Math.max(timeMs, known.get(field) ?? timeMs)] as const);
      put(presses, key, new Map([...known, ...latest]), limit);
    },
  };
}

function stateOf({ finding, timeMs, envelope }: Snapshot, readAtMs: number | null): SeenState {
  return {
    updatedAtMs: updatedAtOf(finding),
    timeMs: readAtMs ?? timeMs ?? Number.NEGATIVE_INFINITY,
    eventId: readAtMs === null ? envelope.id : undefined,
  };
}

/** By the provider's UpdatedAt, then by when it was shown; EventBridge tells that in whole seconds. */
function isNewer(state: SeenState, known: SeenState): boolean {
  if (state.updatedAtMs !== known.updatedAtMs) return state.updatedAtMs > known.updatedAtMs;
  return state.timeMs > known.timeMs;
}

/** Keeps the `limit` entries that were put last. */
function put<T>(entries: Map<string, T>, key: string, value: T, limit: number): void {
  entries.delete(key);
  entries.set(key, value);
  const oldest = entries.keys().next();
  if (entries.size > limit && !oldest.done) entries.delete(oldest.value);
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

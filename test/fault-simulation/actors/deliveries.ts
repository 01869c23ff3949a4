import type { SQSRecord } from 'aws-lambda';
import { findingKey } from '../../../lib/findings/finding-key.ts';
import { readEvent } from '../../../lib/findings/read-event.ts';
import type { BatchItem } from '../../../lib/local/event-source/event-record.ts';
import type { Delivered, Emission, Ledger, Snapshot } from '../ledger.ts';

/** What a batch holds: read from the bodies, timed by the ledger, which knows when each event was made. */
export function readDeliveries(items: readonly BatchItem[], ledger: Ledger): readonly Delivered[] {
  return items.map(({ messageId, record }) => {
    const { body: text, attributes } = JSON.parse(record) as SQSRecord;
    const body = ledger.bodies.get(messageId) ?? text;
    const redelivered = Number(attributes.ApproximateReceiveCount) > 1;
    const emission = ledger.byBody.get(body);
    if (emission !== undefined) return { messageId, body, snapshots: [snapshotOf(emission, redelivered)] };
    const reading = readEvent(body);
    if (reading.kind !== 'findings') return { messageId, body, snapshots: [] };
    const eventId = String(reading.envelope.id);
    const shownMs = ledger.emissions.get(eventId)?.atMs ?? reading.timeMs ?? 0;
    const snapshots = reading.findings.map(
      (finding): Snapshot => ({
        ...{ key: findingKey(finding), finding, event: reading.event, eventId },
        ...{ shownMs, timeMs: reading.timeMs ?? Number.NEGATIVE_INFINITY, redelivered },
      }),
    );
    return { messageId, body, snapshots };
  });
}

function snapshotOf(
  { id: eventId, key, finding, event, atMs: shownMs }: Emission,
  redelivered: boolean,
): Snapshot {
  // The event's own time has no milliseconds.
  return { key, finding, event, eventId, shownMs, timeMs: Math.floor(shownMs / 1000) * 1000, redelivered };
}

export function snapshotsByFinding(
  delivered: readonly Delivered[],
): ReadonlyMap<string, readonly Snapshot[]> {
  return Map.groupBy(
    delivered.flatMap(({ snapshots }) => snapshots),
    ({ key }) => key,
  );
}

import type { SQSEvent } from 'aws-lambda';
import { findingKey } from '../../lib/findings/finding-key.ts';
import { type Envelope, type InvalidFinding, readEvent } from '../../lib/findings/read-event.ts';
import type { Snapshot } from '../../lib/triage/newest.ts';

/** One message of the ingest queue, or the event of a direct invocation. */
export interface Message {
  readonly id: string;
  readonly body: string;
  /** Null for a direct invocation: nothing can be returned to a queue. */
  readonly receipt: { readonly handle: string; readonly receiveCount: number } | null;
}

/** What the messages of one invocation hold. */
export interface Intake {
  readonly snapshots: readonly Snapshot[];
  readonly invalid: readonly (InvalidFinding & { readonly messageId: string; readonly envelope: Envelope })[];
  readonly malformed: readonly {
    readonly messageId: string;
    readonly message: string;
    readonly body: string;
  }[];
  /** Events that carry no findings to decide. */
  readonly ignored: number;
  /** By finding key, the messages that wait for this finding's outcome. */
  readonly messagesOf: ReadonlyMap<string, readonly string[]>;
}

/** Tells the event source's batch from a direct invocation, whose payload is one EventBridge event. */
export function readInvocation(event: unknown): {
  readonly direct: boolean;
  readonly messages: readonly Message[];
} {
  if (!isBatch(event)) {
    const body = JSON.stringify(event) ?? '';
    return { direct: true, messages: [{ id: 'direct', body, receipt: null }] };
  }
  const messages = event.Records.map((record) => ({
    id: record.messageId,
    body: String(record.body),
    receipt: {
      handle: record.receiptHandle,
      receiveCount: Number(record.attributes?.ApproximateReceiveCount) || 1,
    },
  }));
  return { direct: false, messages };
}

/** Reads every message on its own: whatever one of them holds, its neighbours are read. */
export function readMessages(messages: readonly Message[]): Intake {
  const snapshots: Snapshot[] = [];
  const invalid: Intake['invalid'][number][] = [];
  const malformed: Intake['malformed'][number][] = [];
  const messagesOf = new Map<string, string[]>();
  let ignored = 0;
  for (const { id, body, receipt } of messages) {
    const reading = readEvent(body);
    if (reading.kind === 'ignored') ignored += 1;
    if (reading.kind === 'malformed') malformed.push({ messageId: id, ...reading });
    if (reading.kind !== 'findings') continue;
    const { event, timeMs, envelope } = reading;
    if (reading.findings.length + reading.invalid.length === 0) ignored += 1;
    // SQS counts anew what it moved back from the dead-letter queue.
    const redelivered = reading.isLetter || (receipt !== null && receipt.receiveCount > 1);
    for (const fault of reading.invalid) invalid.push({ ...fault, messageId: id, envelope });
    for (const finding of reading.findings) {
      snapshots.push({ finding, event, timeMs, envelope, messageId: id, redelivered });
      const key = findingKey(finding);
      messagesOf.set(key, [...(messagesOf.get(key) ?? []), id]);
    }
  }
  return { snapshots, invalid, malformed, ignored, messagesOf };
}

function isBatch(event: unknown): event is SQSEvent {
  return typeof event === 'object' && event !== null && 'Records' in event && Array.isArray(event.Records);
}

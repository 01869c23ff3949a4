import type { MessageAttributes } from './message-attributes.ts';
import type { QueueSettings } from './queue-settings.ts';

/** A message as its sender left it. */
export interface Message {
  readonly id: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  /** `AWSTraceHeader` and `MessageGroupId`, where the sender gave them. */
  readonly systemAttributes: Readonly<Record<string, string>>;
  readonly senderId: string;
  /** Kept when a redrive policy moves the message, so retention goes on counting from here. */
  readonly sentAtMs: number;
  /** The queue whose redrive policy moved the message here; absent for a message that was sent here. */
  readonly deadLetterSourceArn?: string;
}

/** A message in a queue, with what the queue knows of its deliveries. */
export interface QueuedMessage {
  readonly message: Message;
  visibleFromMs: number;
  receiveCount: number;
  firstReceivedAtMs?: number;
  lastReceivedAtMs?: number;
  /** Counts on through redrives, so that a handle from another queue or an earlier delivery never fits. */
  receipt: number;
}

export type Visibility = 'visible' | 'inFlight' | 'delayed';

/** A standard queue. */
export interface Queue {
  readonly name: string;
  readonly arn: string;
  readonly createdAtMs: number;
  readonly messages: Map<string, QueuedMessage>;
  /** No message in the queue was sent before this: spares most looks for expired ones. */
  oldestSentAtMs: number;
  settings: QueueSettings;
  modifiedAtMs: number;
  purgedAtMs?: number;
}

/** Adds a message; it can be received from `visibleFromMs` on. */
export function putMessage(queue: Queue, message: Message, visibleFromMs: number): void {
  putQueued(queue, { message, visibleFromMs, receiveCount: 0, receipt: 0 });
}

/** Adds a message with the deliveries it has had elsewhere. */
export function putQueued(queue: Queue, queued: QueuedMessage): void {
  queue.messages.set(queued.message.id, queued);
  queue.oldestSentAtMs = Math.min(queue.oldestSentAtMs, queued.message.sentAtMs);
}

export function visibilityOf(queued: QueuedMessage, nowMs: number): Visibility {
  if (nowMs >= queued.visibleFromMs) return 'visible';
  return queued.lastReceivedAtMs === undefined ? 'delayed' : 'inFlight';
}

/** Messages in each state, as the Approximate… attributes show them; exact here. */
export function countMessages(queue: Queue, nowMs: number): Readonly<Record<Visibility, number>> {
  const counts = { visible: 0, inFlight: 0, delayed: 0 };
  for (const queued of queue.messages.values()) counts[visibilityOf(queued, nowMs)] += 1;
  return counts;
}

/** Drops what is older than the retention period, counted from the original enqueue time; returns the dropped. */
export function dropExpired(queue: Queue, nowMs: number): readonly Message[] {
  if (nowMs - queue.oldestSentAtMs < queue.settings.retentionMs) return [];
  const expired: Message[] = [];
  let oldestSentAtMs = Number.POSITIVE_INFINITY;
  for (const { message } of queue.messages.values()) {
    if (nowMs - message.sentAtMs >= queue.settings.retentionMs) expired.push(message);
    else oldestSentAtMs = Math.min(oldestSentAtMs, message.sentAtMs);
  }
  queue.oldestSentAtMs = oldestSentAtMs;
  for (const { id } of expired) queue.messages.delete(id);
  return expired;
}

import { SQS_LIMITS } from './limits.ts';
import { md5OfAttributes, selectAttributes } from './message-attributes.ts';
import { countMessages, putQueued, type Queue, type QueuedMessage, visibilityOf } from './queue.ts';
import { findByArn, type QueueAccount } from './queue-account.ts';
import { receiptHandleOf } from './receipt-handle.ts';
import { allowsSource } from './redrive-policy.ts';
import { type Refusal, refuse } from './refusal.ts';
import { md5 } from './send.ts';

/**
 * Takes up to `most` visible messages and hides them for `visibilityMs`. A message already delivered as often as the
 * redrive policy allows goes to the dead-letter queue instead, with its id and its original enqueue time.
 */
export function takeMessages(
  account: QueueAccount,
  queue: Queue,
  most: number,
  visibilityMs: number,
): readonly QueuedMessage[] | Refusal {
  const nowMs = account.now();
  const limit = SQS_LIMITS.inFlightMessages;
  if (queue.messages.size >= limit && countMessages(queue, nowMs).inFlight >= limit) {
    return refuse('OverLimit', 'The maximum number of in flight messages is reached.');
  }
  const taken: QueuedMessage[] = [];
  for (const queued of queue.messages.values()) {
    if (taken.length === most) break;
    if (visibilityOf(queued, nowMs) !== 'visible' || moveDeadLetter(account, queue, queued)) continue;
    queued.receiveCount += 1;
    queued.receipt += 1;
    queued.firstReceivedAtMs ??= nowMs;
    queued.lastReceivedAtMs = nowMs;
    queued.visibleFromMs = nowMs + visibilityMs;
    account.announce({ kind: 'received', queueName: queue.name, messageId: queued.message.id });
    taken.push(queued);
  }
  return taken;
}

/** One delivery as ReceiveMessage shows it. */
export function deliveryOf(
  queue: Queue,
  queued: QueuedMessage,
  asked: { readonly systemAttributes: readonly string[]; readonly attributes: readonly string[] },
): Readonly<Record<string, unknown>> {
  const { message } = queued;
  const attributes = selectAttributes(message.attributes, asked.attributes);
  const system = selectSystemAttributes(queued, asked.systemAttributes);
  const attributesDigest = md5OfAttributes(attributes);
  return {
    MessageId: message.id,
    ReceiptHandle: receiptHandleOf(queue, queued),
    MD5OfBody: md5(message.body),
    Body: message.body,
    ...(Object.keys(system).length > 0 && { Attributes: system }),
    ...(attributesDigest !== undefined && {
      MD5OfMessageAttributes: attributesDigest,
      MessageAttributes: attributes,
    }),
  };
}

function moveDeadLetter(account: QueueAccount, queue: Queue, queued: QueuedMessage): boolean {
  const policy = queue.settings.redrivePolicy;
  if (policy === undefined || queued.receiveCount < policy.maxReceiveCount) return false;
  const target = findByArn(account, policy.deadLetterTargetArn);
  if (target === undefined || !allowsSource(target.settings.redriveAllowPolicy, queue.arn)) return false;
  const { id } = queued.message;
  queue.messages.delete(id);
  putQueued(target, { ...queued, message: { ...queued.message, deadLetterSourceArn: queue.arn } });
  account.announce({ kind: 'deadLettered', queueName: target.name, messageId: id });
  return true;
}

function selectSystemAttributes(
  { message, receiveCount, firstReceivedAtMs }: QueuedMessage,
  asked: readonly string[],
): Readonly<Record<string, string>> {
  const all: Readonly<Record<string, string>> = {
    SenderId: message.senderId,
    SentTimestamp: String(Math.floor(message.sentAtMs)),
    ApproximateReceiveCount: String(receiveCount),
    ApproximateFirstReceiveTimestamp: String(Math.floor(firstReceivedAtMs ?? message.sentAtMs)),
    ...(message.deadLetterSourceArn !== undefined && {
      DeadLetterQueueSourceArn: message.deadLetterSourceArn,
    }),
    ...message.systemAttributes,
  };
  const isAsked = (name: string) => asked.includes('All') || asked.includes(name);
  return Object.fromEntries(Object.entries(all).filter(([name]) => isAsked(name)));
}

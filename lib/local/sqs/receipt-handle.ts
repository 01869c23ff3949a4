import type { Queue, QueuedMessage } from './queue.ts';
import { type Refusal, refuse } from './refusal.ts';

/** What a receipt handle stands for: one delivery of one message of one queue. */
export interface Receipt {
  readonly messageId: string;
  readonly receipt: number;
}

/** The handle of a message's latest delivery. */
export function receiptHandleOf(queue: Queue, queued: QueuedMessage): string {
  return Buffer.from(JSON.stringify([queue.arn, queued.message.id, queued.receipt])).toString('base64');
}

/** Reads a handle of this queue; anything else is refused, also where its message is long gone. */
export function readReceiptHandle(queue: Queue, handle: string): Receipt | Refusal {
  const refusal = refuse(
    'ReceiptHandleIsInvalid',
    `The input receipt handle "${handle}" is not a valid receipt handle.`,
  );
  try {
    const [arn, messageId, receipt] = JSON.parse(Buffer.from(handle, 'base64').toString()) as unknown[];
    if (arn !== queue.arn || typeof messageId !== 'string' || typeof receipt !== 'number') return refusal;
    return { messageId, receipt };
  } catch {
    return refusal;
  }
}

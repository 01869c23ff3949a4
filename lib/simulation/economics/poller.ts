import { PAYLOAD_BYTES, PAYLOAD_FRAME_BYTES } from './stack.ts';

/** A message on its way through the queue. */
export interface QueuedMessage {
  readonly finding: number;
  /** When the event was made: what the finding looked like then is what is decided on. */
  readonly madeMs: number;
  readonly bytes: number;
  /** How often it was received before. */
  readonly receives: number;
}

/** One of the batches that Lambda collects. */
export interface Poller {
  /** Empty: waits for a first message. Closed: full or out of time, waits for a free execution environment. */
  state: 'collecting' | 'closed' | 'invoking';
  batch: QueuedMessage[];
  bytes: number;
  /** Tells the window of this batch from that of an earlier one. */
  round: number;
}

export function createPoller(): Poller {
  return { state: 'collecting', batch: [], bytes: PAYLOAD_FRAME_BYTES, round: 0 };
}

/**
 * Puts a message into the batch and closes it once it is full. A message that would take the invocation past 6 MB
 * is left out and closes the batch: false.
 */
export function collect(poller: Poller, message: QueuedMessage, batchSize: number): boolean {
  const bytes = poller.bytes + message.bytes + (poller.batch.length > 0 ? 1 : 0);
  if (bytes > PAYLOAD_BYTES && poller.batch.length > 0) {
    poller.state = 'closed';
    return false;
  }
  poller.batch.push(message);
  poller.bytes = bytes;
  if (poller.batch.length >= batchSize) poller.state = 'closed';
  return true;
}

/** Takes the batch out; the poller waits for its invocation to end. */
export function startInvocation(poller: Poller): readonly QueuedMessage[] {
  const { batch } = poller;
  poller.state = 'invoking';
  poller.batch = [];
  poller.bytes = PAYLOAD_FRAME_BYTES;
  poller.round += 1;
  return batch;
}

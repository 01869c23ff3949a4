import { isRefusal } from '../../../lib/local/sqs/refusal.ts';
import { DEAD_LETTERS, INGEST, UNDELIVERED, type World } from '../world.ts';
import type { EventBridge } from './event-bridge.ts';

interface Message {
  readonly Body: string;
  readonly ReceiptHandle: string;
}

/** The person who clears up when all is over. */
export interface Operator {
  /** Moves every dead letter back to the ingest queue, by plain SQS, and what EventBridge could not deliver. */
  readonly redrive: () => void;
  /** Has every finding sent as an event again, so that the rules of now decide it; the product's sweep is tried elsewhere. */
  readonly refreshAll: () => void;
  /** Delivers every event of the past once more. */
  readonly replayAll: () => void;
}

export function createOperator({ queues, hub, ledger, note }: World, bus: EventBridge): Operator {
  const call = (operation: string, input: Readonly<Record<string, unknown>>) => {
    const reply = queues.call(operation, 'operator', input);
    if (isRefusal(reply)) throw new Error(`${operation} was refused: ${reply.message}`);
    return reply;
  };
  return {
    redrive() {
      note(
        `operator redrives ${queues.peek(DEAD_LETTERS).length} and ${queues.peek(UNDELIVERED).length} messages`,
      );
      const task = { SourceArn: queues.queueArn(DEAD_LETTERS), DestinationArn: queues.queueArn(INGEST) };
      if (queues.peek(DEAD_LETTERS).length > 0) call('StartMessageMoveTask', task);
      // SQS moves only what SQS put aside; what EventBridge could not deliver is received and sent by hand.
      const QueueUrl = queues.queueUrl(UNDELIVERED);
      for (;;) {
        const { Messages = [] } = call('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 });
        for (const { Body, ReceiptHandle } of Messages as readonly Message[]) {
          bus.send(Body);
          call('DeleteMessage', { QueueUrl, ReceiptHandle });
        }
        if ((Messages as readonly Message[]).length === 0) return;
      }
    },
    refreshAll() {
      note('operator lets every finding be sent again');
      for (const finding of hub.findings()) hub.emit(finding);
    },
    replayAll() {
      note(`operator replays ${ledger.emissions.size} events`);
      // A press is a person's act: a second one, long after, would be another.
      for (const { body, event } of ledger.emissions.values())
        if (event.actionId === undefined) bus.send(body);
    },
  };
}

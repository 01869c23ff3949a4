import type { QueueService } from '../../lib/local/sqs/queue-service.ts';
import type { Injector } from './faults/injector.ts';
import type { Hub } from './hub.ts';
import type { AppliedUpdate, Change, Delivered, Invocation, Ledger } from './ledger.ts';
import type { Random } from './random.ts';
import type { Schedule } from './schedule.ts';
import type { VirtualTime } from './virtual-time.ts';

/** One call of the product as it stands on the wire. */
export interface ProductCall {
  readonly invocation: Invocation;
  readonly operation: string;
  readonly request: Readonly<Record<string, unknown>>;
  /** The request as it was sent. */
  readonly text: string;
  readonly atMs: number;
}

/** How the service answered it of its own accord, where nothing was made to fail. */
export interface Refused {
  readonly operation: string;
  readonly code: string;
  readonly message: string;
  /** The refusal was asked for: quota, policy skew, a poisoned finding. */
  readonly expected: boolean;
}

export interface Returned {
  readonly invocation: Invocation;
  readonly threw: boolean;
  readonly receiptHandles: readonly string[];
  readonly isWholeBatch: boolean;
}

/** What a dead letter gives as its cause. */
export interface Letter {
  readonly invocation: Invocation;
  /** Its findings by key; an event by its id, a body by its text. */
  readonly names: readonly string[];
  readonly code: string;
  readonly attempts: number;
}

/** Moments at which nothing moves: faults are over, dead letters redriven, all events sent once more, an hour later. */
export type Rest = 'calm' | 'redriven' | 'refreshed' | 'replayed' | 'an hour later';

/** What those who judge are told. */
export interface Watcher {
  readonly onCall?: (call: ProductCall) => void;
  readonly onRefused?: (refused: Refused) => void;
  readonly onChange?: (change: Change) => void;
  readonly onUpdate?: (update: AppliedUpdate) => void;
  readonly onAnswer?: (invocation: Invocation) => void;
  /** Before the messages are deleted. */
  readonly onAcknowledge?: (invocation: Invocation, messages: readonly Delivered[]) => void;
  /** Lambda had to stop the function. */
  readonly onTimedOut?: (invocation: Invocation) => void;
  /** The product still waits for a reply after ten seconds. */
  readonly onWaiting?: (operation: string) => void;
  /** After an invocation that did not die: what it left in the queue, and whether it threw. */
  readonly onReturned?: (returned: Returned) => void;
  /** A dead letter that SQS has taken. */
  readonly onLetter?: (letter: Letter) => void;
  readonly onLine?: (line: string) => void;
  readonly atRest?: (rest: Rest) => void;
}

export interface World {
  readonly schedule: Schedule;
  readonly time: VirtualTime;
  readonly random: Random;
  readonly faults: Injector;
  readonly hub: Hub;
  readonly queues: QueueService;
  readonly ledger: Ledger;
  readonly note: (what: string) => void;
  readonly watchers: Watcher[];
}

export const INGEST = 'ingest';
export const DEAD_LETTERS = 'dead-letters';
export const UNDELIVERED = 'undelivered';

import type { Principal } from './access.ts';

/** A redrive: messages on their way from a dead-letter queue to another queue. */
export interface MoveTask {
  readonly handle: string;
  readonly sourceArn: string;
  /** Absent: each message goes back to the queue whose redrive policy moved it. */
  readonly destinationArn?: string;
  /** Absent: as fast as SQS likes. */
  readonly messagesPerSecond?: number;
  readonly startedAtMs: number;
  readonly toMove: number;
  /** Whose permissions the messages move with. */
  readonly principal: Principal;
  status: 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';
  moved: number;
  failureReason?: 'CouldNotDetermineMessageSource' | 'AccessDenied' | 'NonExistentQueue';
}

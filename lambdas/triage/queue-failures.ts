import type { Logger } from '@aws-lambda-powertools/logger';
import { classifyFailure, statusOf } from './call-failure.ts';

/** Where the queues' failures leave a trace: what is not confirmed returns, but a person must be able to see why. */
export interface QueueFailures {
  /** A call that failed as a whole. */
  readonly call: (operation: string, error: unknown) => void;
  /** Entries that SQS named as failed in a call it answered. */
  readonly entries: (operation: string, codes: readonly (string | undefined)[]) => void;
  /** How many calls were denied since this was last asked. */
  readonly takeDenied: () => number;
}

/** Logs names, codes and HTTP statuses only: an error's message may quote what was sent. */
export function createQueueFailures(log: Logger): QueueFailures {
  let denied = 0;
  return {
    call: (operation, error) => {
      const { kind, cause } = classifyFailure(error);
      if (kind === 'denied') denied += 1;
      const line = { operation, name: cause.code, status: statusOf(error) };
      if (kind === 'denied') log.error('access denied', line);
      else log.warn('queue call failed', line);
    },
    entries: (operation, codes) => {
      if (codes.length > 0)
        log.warn('queue entries failed', { operation, entries: codes.length, codes: [...new Set(codes)] });
    },
    takeDenied: () => {
      const taken = denied;
      denied = 0;
      return taken;
    },
  };
}

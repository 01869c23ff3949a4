/** Failures that a test or demonstration asked for, counted down as they happen. */
export interface Faults {
  /** The next `calls` SendMessage and SendMessageBatch calls to the queue fail whole; SDKs retry such a failure. */
  readonly failSends: (queueName: string, calls: number) => void;
  /** The next `entries` entries of SendMessageBatch calls to the queue come back in `Failed`. */
  readonly failSendEntries: (queueName: string, entries: number) => void;
  /** Whether the present call, or entry, is to fail. */
  readonly takeSendFault: (queueName: string) => boolean;
  readonly takeEntryFault: (queueName: string) => boolean;
}

export function createFaults(): Faults {
  const sends = countdown();
  const entries = countdown();
  return {
    failSends: sends.add,
    failSendEntries: entries.add,
    takeSendFault: sends.take,
    takeEntryFault: entries.take,
  };
}

function countdown() {
  const left = new Map<string, number>();
  return {
    add: (queueName: string, count: number) => void left.set(queueName, (left.get(queueName) ?? 0) + count),
    take: (queueName: string) => {
      const count = left.get(queueName) ?? 0;
      if (count > 0) left.set(queueName, count - 1);
      return count > 0;
    },
  };
}

import type { EventsRefusal, PutEventsReply } from './reply.ts';

/** The door by which tests make PutEvents fail. */
export interface EventFaults {
  /** The next `times` calls are refused whole, with nothing done; `Infinity` until cleared. */
  readonly failCalls: (errorType: string, status: number, times?: number) => void;
  /** The next `times` entries of calls come back with this code. */
  readonly failEntries: (code: string, times?: number) => void;
  readonly clear: () => void;
}

/** The door, and what befalls the present call or entry; both count down as they are asked. */
export function createFaults(): {
  readonly door: EventFaults;
  readonly takeCallFault: () => EventsRefusal | undefined;
  readonly takeEntryFault: () => PutEventsReply['Entries'][number] | undefined;
} {
  const calls = countdown<EventsRefusal>();
  const entries = countdown<PutEventsReply['Entries'][number]>();
  return {
    door: {
      failCalls: (refused, status, times = 1) =>
        calls.set({ refused, status, message: `${refused} was asked for.` }, times),
      failEntries: (ErrorCode, times = 1) =>
        entries.set({ ErrorCode, ErrorMessage: `${ErrorCode} was asked for.` }, times),
      clear: () => {
        calls.clear();
        entries.clear();
      },
    },
    takeCallFault: calls.take,
    takeEntryFault: entries.take,
  };
}

function countdown<T>() {
  let waiting: { readonly fault: T; left: number } | undefined;
  return {
    set: (fault: T, times: number) => {
      waiting = { fault, left: times };
    },
    take: (): T | undefined => {
      if (waiting === undefined || waiting.left <= 0) return undefined;
      waiting.left -= 1;
      return waiting.fault;
    },
    clear: () => {
      waiting = undefined;
    },
  };
}

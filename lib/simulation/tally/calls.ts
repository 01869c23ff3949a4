import { UPDATE_LIMITS } from '../../findings/update.ts';

/** Messages in one invocation of the function, as it is deployed unless told otherwise. */
export const BATCH_FINDINGS = 1_000;
/** https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub_limits.html: 10 BatchUpdateFindings a second. */
const QUOTA_CALLS_PER_SECOND = 10;

export interface CallFigures {
  readonly calls: number;
  readonly batchFill: number;
  readonly quotaSeconds: number;
}

export interface CallCounter {
  /** The payload of the next finding, in the order in which the function would receive them; 0 where it sends none. */
  readonly add: (payload: number) => void;
  readonly figures: () => CallFigures;
}

/**
 * Counts calls as `planUpdates` makes them of each batch: findings share one exactly when their payloads are equal, up
 * to 100 a call. Only how often each payload came is kept.
 */
export function createCallCounter(): CallCounter {
  let payloads = new Map<number, number>();
  let inBatch = 0;
  let calls = 0;
  let sent = 0;
  const callsOfBatch = (): number => {
    let sum = 0;
    for (const count of payloads.values()) sum += Math.ceil(count / UPDATE_LIMITS.findingsPerCall);
    return sum;
  };
  return {
    add(payload) {
      if (payload !== 0) {
        payloads.set(payload, (payloads.get(payload) ?? 0) + 1);
        sent += 1;
      }
      inBatch += 1;
      if (inBatch < BATCH_FINDINGS) return;
      calls += callsOfBatch();
      payloads = new Map();
      inBatch = 0;
    },
    figures() {
      const all = calls + callsOfBatch();
      return {
        calls: all,
        batchFill: all === 0 ? 0 : Math.round((sent / all) * 10) / 10,
        quotaSeconds: all / QUOTA_CALLS_PER_SECOND,
      };
    },
  };
}

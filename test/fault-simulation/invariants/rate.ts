import type { Environment, Invocation } from '../ledger.ts';
import { READS_PER_SECOND } from '../own-settings.ts';
import type { Invariant } from './invariant.ts';

/** Four attempts at a call, in each of four rounds in which its findings may come back. */
const SAME_CALLS = 16;
/** Reads have 3 calls a second for the whole account; two environments keep to 2 together. */
const READS = { perSecond: READS_PER_SECOND, burst: 1 };

export const rate: Invariant = {
  id: 'I10',
  name: 'rate',
  says: 'No execution environment calls more often than its share of the quota, over any span of time, nor the same call without end.',
  watch: (world, { holds }) => {
    const { callsPerSecond, callBurst } = world.schedule.settings;
    const levels = new WeakMap<Environment, Record<string, { tokens: number; atMs: number }>>();
    const same = new WeakMap<Invocation, Map<string, number>>();
    return {
      onCall({ invocation, operation, text, atMs }) {
        const calls = same.get(invocation) ?? new Map<string, number>();
        same.set(invocation, calls);
        const times = (calls.get(text) ?? 0) + 1;
        calls.set(text, times);
        holds(times <= SAME_CALLS, () => `${operation} was made ${times} times in one invocation`);
        const share =
          operation === 'BatchUpdateFindings'
            ? { perSecond: callsPerSecond, burst: callBurst }
            : operation === 'GetFindings'
              ? READS
              : null;
        if (share === null) return;
        const known = levels.get(invocation.environment) ?? {};
        levels.set(invocation.environment, known);
        const level = known[operation] ?? { tokens: share.burst, atMs };
        const filled = level.tokens + ((atMs - level.atMs) / 1000) * share.perSecond;
        const tokens = Math.min(share.burst, filled) - 1;
        known[operation] = { tokens, atMs };
        // A thousandth of a token is what rounding to milliseconds makes.
        holds(tokens >= -0.01, () => `${operation} was called beyond the budget of an environment`);
      },
    };
  },
};

import { canonicalJson } from '../../../lib/findings/canonical-json.ts';
import { findingKey } from '../../../lib/findings/finding-key.ts';
import type { Invariant } from './invariant.ts';
import { letteredKeys } from './letters.ts';

export const idempotence: Invariant = {
  id: 'I5',
  name: 'idempotence',
  says: 'Delivering every event of the past once more changes nothing.',
  watch: (world, { holds }) => {
    let before: ReadonlyMap<string, string> = new Map();
    // What the budget kept back until SQS gave it up waits among the dead letters, and an hour later a replay may do it.
    let waiting: ReadonlySet<string> = new Set();
    const isBudgeted = world.schedule.settings.suppressionsPerHour !== null;
    return {
      atRest(rest) {
        if (!world.schedule.replaysAll || world.schedule.settings.mode === 'observe') return;
        const states = new Map(
          world.hub.findings().map((finding) => [findingKey(finding), canonicalJson(finding)] as const),
        );
        if (rest === 'redriven' || rest === 'refreshed') {
          before = states;
          waiting = isBudgeted ? letteredKeys(world) : new Set();
        }
        if (rest !== 'replayed') return;
        for (const [key, state] of states)
          if (!waiting.has(key))
            holds(state === before.get(key), () => `${key} was changed by a replay of old events`);
      },
    };
  },
};

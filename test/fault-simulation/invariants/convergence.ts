import { differ } from '../hub.ts';
import type { Invariant } from './invariant.ts';

/** Each reason may be answered by two environments, and undone and done again by a change of rules. */
const UPDATES_PER_REASON = 4;
const UPDATES_TO_SPARE = 6;

export const convergence: Invariant = {
  id: 'I4',
  name: 'convergence',
  says: 'The world comes to rest after the faults, a finding is changed a bounded number of times, and an hour later nothing has moved.',
  watch: (world, { holds }) => {
    const changed = new Map<string, number>();
    let atCalm = 0;
    return {
      onUpdate({ key, before, after }) {
        if (!differ(before, after)) return;
        const count = (changed.get(key) ?? 0) + 1;
        changed.set(key, count);
        const reasons = (world.ledger.reasons.get(key) ?? 0) + world.ledger.deployments.length;
        holds(
          count <= UPDATES_PER_REASON * reasons + UPDATES_TO_SPARE,
          () => `${key} was changed ${count} times for ${reasons} reasons`,
        );
      },
      atRest(rest) {
        const updates = world.ledger.updates.length;
        if (rest === 'an hour later')
          holds(updates === atCalm, () => `${updates - atCalm} updates within an hour of rest`);
        atCalm = updates;
      },
    };
  },
};

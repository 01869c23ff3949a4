import type { Invariant } from './invariant.ts';

export const noInvention: Invariant = {
  id: 'I2',
  name: 'no invention',
  says: 'Each update is what the reference decides of a state the finding really had, by rules that were deployed.',
  watch: (world, { holds }) => ({
    onUpdate({ key, update, grounds, invocation }) {
      holds(
        world.schedule.settings.mode === 'enforce',
        () => `invocation ${invocation.number} sent ${JSON.stringify(update)} for ${key} while observing`,
      );
      holds(
        grounds.length > 0,
        () => `invocation ${invocation.number} sent ${JSON.stringify(update)} for ${key} without a ground`,
      );
    },
  }),
};

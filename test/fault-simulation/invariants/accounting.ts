import type { Invariant } from './invariant.ts';

export const accounting: Invariant = {
  id: 'I7',
  name: 'accounting',
  says: 'Each finding of a batch ends exactly once; it ends as updated only if Security Hub carried its update out and said so, and always then.',
  watch: (_world, { holds }) => ({
    onAnswer({ number, snapshots, endings, applied, confirmed, metrics }) {
      const byKey = Map.groupBy(endings, ({ key }) => key);
      for (const key of snapshots.keys()) {
        const ends = byKey.get(key) ?? [];
        holds(ends.length === 1, () => `invocation ${number}: ${key} ended ${ends.length} times`);
        const isUpdated = ends[0]?.outcome === 'updated';
        holds(
          isUpdated === (confirmed.has(key) && applied.has(key)),
          () => `invocation ${number}: ${key} ended as ${ends[0]?.outcome}, confirmed: ${confirmed.has(key)}`,
        );
      }
      holds(byKey.size === snapshots.size, () => `invocation ${number}: findings ended that nobody sent`);
      const updated = endings.filter(({ outcome }) => outcome === 'updated').length;
      holds(
        metrics.Updated === updated,
        () => `invocation ${number}: ${metrics.Updated} of ${updated} updates measured`,
      );
    },
  }),
};

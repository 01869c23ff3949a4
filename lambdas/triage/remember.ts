import { findingKey } from '../../lib/findings/finding-key.ts';
import type { Applied } from './apply.ts';
import type { Decided } from './decisions.ts';
import type { DeliveryMemory } from './delivery-memory.ts';

/**
 * Keeps what a batch has shown and done. Each event is remembered with the state that it showed, and no other: a press
 * is decided on the newest state, and shows its own when it is delivered again.
 */
export function rememberAll(
  decided: readonly Decided[],
  applied: ReadonlyMap<string, Applied>,
  deliveries: DeliveryMemory,
): void {
  for (const { snapshot, press, covered, decision, blocked, readAtMs } of decided) {
    for (const shown of readAtMs === null ? covered : [snapshot]) deliveries.saw(shown, readAtMs);
    const end = applied.get(findingKey(snapshot.finding));
    const isUpdated = end?.result.kind === 'updated';
    if (isUpdated) deliveries.remember(covered, end.atMs);
    // Where there is nothing to send, the press has its will at once.
    const isSettled = isUpdated || (decision.update === null && blocked === null);
    if (press !== null && isSettled) deliveries.rememberPress(press, decision.pressed ?? []);
  }
}

import { isOwnAction } from '../../reference/custom-action.ts';
import { decisionsByReference } from '../grounds.ts';
import type { Invocation, Snapshot } from '../ledger.ts';
import type { World } from '../world.ts';

/** The finding was updated or dead-lettered in this invocation, or there was nothing to do on it: of a press, by that press. */
export function isDurable(world: World, invocation: Invocation, snapshot: Snapshot): boolean {
  const { key, event, eventId } = snapshot;
  const { environment } = invocation;
  const snapshots = invocation.snapshots.get(key) ?? [];
  const isAct = isOwnAction(event, environment.ruleset.config);
  // One decision settles all presses of one action, but none of another.
  const settled = isAct ? snapshots.filter((one) => one.event.actionId === event.actionId) : snapshots;
  if (settled.some((one) => invocation.letteredEvents.has(`${one.eventId} ${key}`))) return true;
  const applied = invocation.applied.get(key) ?? [];
  const answers = applied.filter(
    ({ grounds }) => !isAct || grounds.some((ground) => ground.event.actionId === event.actionId),
  );
  if (answers.length > 0) return true;
  if (environment.carriedOut.has(`${eventId} ${key}`)) return true;
  const newest = newestOf(snapshots);
  const states = [
    ...(newest === null ? [] : [newest.finding]),
    ...(invocation.reads.get(key) ?? []).map(({ finding }) => finding),
    ...[world.hub.find(key) ?? []].flat(),
  ];
  return states.some((finding) =>
    (isAct ? settled : [snapshot]).some((brought) => {
      const decisions = decisionsByReference(invocation, { ...brought, finding, brought });
      return decisions.some(({ kind }) => kind !== 'update' && kind !== 'deadLetter');
    }),
  );
}

/** The newest state that the batch shows, by the provider's time and then the event's. */
function newestOf(snapshots: readonly Snapshot[]): Snapshot | null {
  const updatedAt = ({ finding }: Snapshot): number => Date.parse(String(finding.UpdatedAt)) || 0;
  return snapshots.reduce<Snapshot | null>((known, one) => {
    if (known === null) return one;
    const later = updatedAt(one) - updatedAt(known) || one.timeMs - known.timeMs;
    return later >= 0 ? one : known;
  }, null);
}

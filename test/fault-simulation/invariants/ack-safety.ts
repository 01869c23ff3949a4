import { readEvent } from '../../../lib/findings/read-event.ts';
import { isOwnAction } from '../../reference/custom-action.ts';
import { decideByReference } from '../grounds.ts';
import type { Delivered, Invocation, Snapshot } from '../ledger.ts';
import type { World } from '../world.ts';
import type { Invariant } from './invariant.ts';

export const ackSafety: Invariant = {
  id: 'I8',
  name: 'acknowledgement',
  says: 'No message is deleted before the outcome of everything in it is durable.',
  watch: (world, { holds }) => ({
    onAcknowledge(invocation, messages) {
      for (const message of messages) {
        for (const snapshot of message.snapshots)
          holds(
            world.schedule.settings.mode === 'observe' || isDurable(world, invocation, snapshot),
            () =>
              `invocation ${invocation.number} acknowledged ${snapshot.key}, of which nothing has been done`,
          );
        holds(
          world.ledger.byBody.has(message.body) || isKept(invocation, message),
          () => `invocation ${invocation.number} acknowledged a message that it could not read`,
        );
      }
    },
  }),
};

/** The finding was updated or dead-lettered in this invocation, or there was nothing to do on it. */
function isDurable(world: World, invocation: Invocation, snapshot: Snapshot): boolean {
  const { key, event, eventId } = snapshot;
  const { environment } = invocation;
  if (invocation.lettered.has(key)) return true;
  const isAct = isOwnAction(event, environment.ruleset.config);
  const applied = invocation.applied.get(key) ?? [];
  const answers = applied.filter(
    ({ grounds }) => !isAct || grounds.some((ground) => ground.event.actionId === event.actionId),
  );
  if (answers.length > 0) return true;
  if (environment.carriedOut.has(`${eventId} ${key}`)) return true;
  const newest = newestOf(invocation.snapshots.get(key) ?? []);
  const states = [
    ...(newest === null ? [] : [newest.finding]),
    ...(invocation.reads.get(key) ?? []).map(({ finding }) => finding),
    ...[world.hub.find(key) ?? []].flat(),
  ];
  return states.some((finding) => {
    const { kind } = decideByReference(invocation, finding, event);
    return kind !== 'update' && kind !== 'deadLetter';
  });
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

/** What holds no finding to decide is dropped where that is right, and a dead letter otherwise. */
function isKept({ lettered }: Invocation, { body }: Delivered): boolean {
  const reading = readEvent(body);
  if (reading.kind === 'malformed') return lettered.has(`body ${reading.body}`);
  if (reading.kind !== 'findings' || reading.invalid.length === 0) return true;
  return lettered.has(`event ${reading.envelope.id}`);
}

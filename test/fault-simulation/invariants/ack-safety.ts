import { readEvent } from '../../../lib/findings/read-event.ts';
import type { Delivered, Invocation } from '../ledger.ts';
import { isDurable } from './durable.ts';
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

/** What holds no finding to decide is dropped where that is right, and a dead letter otherwise. */
function isKept({ lettered }: Invocation, { body }: Delivered): boolean {
  const reading = readEvent(body);
  if (reading.kind === 'malformed') return lettered.has(`body ${reading.body}`);
  if (reading.kind !== 'findings' || reading.invalid.length === 0) return true;
  return lettered.has(`event ${reading.envelope.id}`);
}

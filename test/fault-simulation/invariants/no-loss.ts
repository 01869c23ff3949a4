import { isOwnAction } from '../../reference/custom-action.ts';
import { referenceOn } from '../grounds.ts';
import type { Emission } from '../ledger.ts';
import type { World } from '../world.ts';
import { isDurable } from './durable.ts';
import type { Invariant } from './invariant.ts';
import { keepsState, type LetteredFinding, letteredFindings } from './letters.ts';

export const noLoss: Invariant = {
  id: 'I1',
  name: 'no loss',
  says: 'What the newest event of a finding calls for is done, or a dead letter keeps it; every press of ours was carried out, came to nothing, or is in a dead-letter queue.',
  watch: (world, { holds }) => {
    const pressesDone = new Set<string>();
    return {
      onAcknowledge(invocation, messages) {
        for (const snapshot of messages.flatMap(({ snapshots }) => snapshots))
          if (snapshot.event.actionId !== undefined && isDurable(world, invocation, snapshot))
            pressesDone.add(snapshot.eventId);
      },
      atRest(rest) {
        if (world.schedule.settings.mode === 'observe' || (rest !== 'calm' && rest !== 'redriven')) return;
        const letters = letteredFindings(world);
        const lettered = new Set(letters.map(({ eventId }) => eventId));
        for (const { id, key } of presses(world))
          holds(
            pressesDone.has(id) || lettered.has(id),
            () =>
              `a press on ${key} was neither carried out nor came to nothing, and no dead letter holds it`,
          );
        if (rest !== 'calm') return;
        const byFinding = Map.groupBy(letters, ({ key }) => key);
        for (const emission of world.ledger.newestOf.values())
          holds(
            isDone(world, emission) || isKept(emission, byFinding),
            () => `${emission.key} waits for an update that never came, and no dead letter holds it`,
          );
        for (const queue of world.queues.peek('ingest'))
          holds(false, () => `message ${queue.id} is still in the queue`);
      },
    };
  },
};

function isKept(
  { key, finding }: Emission,
  letters: ReadonlyMap<string, readonly LetteredFinding[]>,
): boolean {
  return (letters.get(key) ?? []).some((letter) => keepsState(letter, finding));
}

/** Presses that are for us to answer, by any of the rules. */
function presses({ ledger }: World): readonly Emission[] {
  const configs = new Set(ledger.deployments.map(({ ruleset }) => ruleset.config));
  return [...ledger.emissions.values()].filter(({ event }) =>
    [...configs].some((config) => isOwnAction(event, config)),
  );
}

/** Nothing is left to do on the finding as it stands, by rules that were in force since its newest event. */
export function isDone({ ledger, hub, time }: World, { key, atMs }: Emission): boolean {
  const finding = hub.find(key);
  if (finding === undefined) return true;
  const plain = { detailType: 'Security Hub Findings - Imported' };
  return rulesSince(ledger.deployments, atMs).some((ruleset) => {
    const { kind } = referenceOn(finding, plain, ruleset, time.nowMs());
    return kind !== 'update' && kind !== 'deadLetter';
  });
}

/** The rules of that moment, which a running environment may still use, and all that came later. */
export function rulesSince(deployments: World['ledger']['deployments'], atMs: number) {
  const inForce = deployments.findLastIndex((one) => one.atMs <= atMs);
  return deployments.slice(Math.max(0, inForce - 1)).map(({ ruleset }) => ruleset);
}

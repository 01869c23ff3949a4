import type { FindingIdentifier } from '../../../lib/findings/finding.ts';
import { findingKey } from '../../../lib/findings/finding-key.ts';
import { referenceOn } from '../grounds.ts';
import type { Emission } from '../ledger.ts';
import { DEAD_LETTERS, UNDELIVERED, type World } from '../world.ts';
import type { Invariant } from './invariant.ts';

export const noLoss: Invariant = {
  id: 'I1',
  name: 'no loss',
  says: 'What the newest event of a finding calls for is done, or the event is in a dead-letter queue.',
  watch: (world, { holds }) => ({
    atRest(rest) {
      if (rest !== 'calm' || world.schedule.settings.mode === 'observe') return;
      const lettered = letteredKeys(world);
      for (const emission of world.ledger.newestOf.values())
        holds(
          lettered.has(emission.key) || isDone(world, emission),
          () => `${emission.key} waits for an update that never came, and no dead letter holds it`,
        );
      for (const queue of world.queues.peek('ingest'))
        holds(false, () => `message ${queue.id} is still in the queue`);
    },
  }),
};

/** Nothing is left to do on the finding as it stands, by rules that were in force since its newest event. */
export function isDone({ ledger, hub, time }: World, { key, atMs, event }: Emission): boolean {
  const finding = hub.find(key);
  if (finding === undefined) return true;
  const plain = { detailType: 'Security Hub Findings - Imported' };
  const wasPress = event.actionId !== undefined;
  return rulesSince(ledger.deployments, atMs).some((ruleset) => {
    const { kind } = referenceOn(finding, plain, ruleset, time.nowMs());
    return wasPress || (kind !== 'update' && kind !== 'deadLetter');
  });
}

/** The rules of that moment, which a running environment may still use, and all that came later. */
export function rulesSince(deployments: World['ledger']['deployments'], atMs: number) {
  const inForce = deployments.findLastIndex((one) => one.atMs <= atMs);
  return deployments.slice(Math.max(0, inForce - 1)).map(({ ruleset }) => ruleset);
}

/** The findings that a dead letter holds. */
export function letteredKeys({ queues }: World): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const name of [DEAD_LETTERS, UNDELIVERED])
    for (const { body } of queues.peek(name)) {
      const findings = (parse(body)?.detail?.findings ?? []) as readonly FindingIdentifier[];
      for (const finding of findings)
        if (finding !== null && typeof finding === 'object') keys.add(findingKey(finding));
    }
  return keys;
}

function parse(body: string): { readonly detail?: { readonly findings?: unknown } } | null {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

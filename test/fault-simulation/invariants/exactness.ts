import { findingKey } from '../../../lib/findings/finding-key.ts';
import { referenceOn } from '../grounds.ts';
import type { Invariant } from './invariant.ts';
import { letteredKeys } from './letters.ts';

export const exactness: Invariant = {
  id: 'I3',
  name: 'exactness',
  says: 'Once every finding was decided by the last rules, the reference would change nothing on any of them.',
  watch: (world, { holds }) => ({
    atRest(rest) {
      const { deployments } = world.ledger;
      const isDecidedByLast = rest === 'refreshed' || (rest === 'redriven' && deployments.length === 1);
      const last = deployments.at(-1);
      if (!isDecidedByLast || last === undefined || world.schedule.settings.mode === 'observe') return;
      const event = { detailType: 'Security Hub Findings - Imported' };
      const isBudgeted = world.schedule.settings.suppressionsPerHour !== null;
      const lettered = letteredKeys(world);
      for (const finding of world.hub.findings()) {
        const decision = referenceOn(finding, event, last.ruleset, world.time.nowMs());
        holds(
          decision.kind !== 'update' || (isBudgeted && lettered.has(findingKey(finding))),
          () => `${finding.Id} of ${finding.ProductArn} still lacks ${JSON.stringify(decision.update)}`,
        );
      }
    },
  }),
};

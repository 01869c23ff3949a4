import type { Spells } from '../faults/spells.ts';
import type { Hub } from '../hub.ts';
import type { Random } from '../random.ts';

const UPDATE = {
  FindingIdentifiers: [
    { Id: 'of-another-tool', ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/config' },
  ],
  Workflow: { Status: 'NOTIFIED' },
};
/** The account's burst. */
const MOST_AT_ONCE = 30;

/**
 * Another tool, whose calls count against the same quota. Only what the product can notice is played: what is left of
 * the quota when the product calls.
 */
export function eatQuota(hub: Hub, spells: Spells, random: Random): void {
  if (!spells.isOn('foreignLoad')) return;
  for (let calls = random.int(0, MOST_AT_ONCE); calls > 0; calls -= 1)
    hub.call('tool', 'BatchUpdateFindings', UPDATE);
}

import { randomUUID } from 'node:crypto';
import type { Finding } from '../../findings/finding.ts';
import { type InputItem, identityOf } from '../../findings/input-items.ts';
import type { LocalAccount } from '../account.ts';
import { importedEvent } from '../security-hub/imported-event.ts';

/**
 * Puts findings into the account's Security Hub as they are and emits their events, as if their providers had just
 * sent them. A finding without identity cannot stand in Security Hub, but its event is emitted all the same.
 */
export function bringIn(account: LocalAccount, items: readonly InputItem[]): void {
  const findings = items.flatMap((item) => item.findings);
  account.hub.seed(findings.filter((finding): finding is Finding => identityOf(finding) !== undefined));
  for (const { event, findings } of items) {
    if (event !== undefined) account.emit(event);
    else for (const finding of findings) account.emit(eventOf(account, finding));
  }
}

function eventOf({ accountId, region }: LocalAccount, finding: unknown): unknown {
  return importedEvent(finding as Finding, {
    id: randomUUID(),
    account: accountId,
    region,
    nowMs: Date.now(),
  });
}

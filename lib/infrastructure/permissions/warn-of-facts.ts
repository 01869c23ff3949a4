import { Annotations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { AccountFacts } from '../configuration/account-facts.ts';

/** Questions whose answer says whether IAM keeps the function from a field or a value. */
const DENY = /^deny(?:Values)?\.(.+)$/;
/** AWS changes; what was found out once is asked again. */
const OLD_DAYS = 365;
const DAY_MS = 86_400_000;

/**
 * Warns of what was found out of the account that makes the function's role weaker than it reads, and of facts that
 * are old. `nowMs` is milliseconds since 1970.
 */
export function warnOfFacts(scope: Construct, facts: AccountFacts | null, nowMs: number): void {
  if (facts === null) return;
  const ignored = Object.entries(facts.answers).flatMap(([id, { answer }]) =>
    answer === 'ignored' ? (DENY.exec(id)?.[1] ?? []) : [],
  );
  const where = `account ${facts.account}, ${facts.region}`;
  if (ignored.length > 0)
    Annotations.of(scope).addWarningV2(
      'securityhub-triage:deniesIgnored',
      `By account-facts.json, Security Hub in ${where} does not heed a Deny of ${ignored.join(', ')}: the function could write that although no rule does. Who may change its code or its rules decides it alone.`,
    );
  if (nowMs - Date.parse(facts.verifiedAt) > OLD_DAYS * DAY_MS)
    Annotations.of(scope).addWarningV2(
      'securityhub-triage:oldFacts',
      `account-facts.json is of ${facts.verifiedAt.slice(0, 10)}: ask the account again with triage verify-account.`,
    );
}

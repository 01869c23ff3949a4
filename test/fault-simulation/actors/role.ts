import { findingsStatements } from '../../../lib/infrastructure/permissions/findings-access.ts';
import { evaluatePolicies, type Statement } from '../../../lib/local/iam/evaluate.ts';
import type { Access } from '../../../lib/local/security-hub/access.ts';
import { writePermissionsOf } from '../../../lib/rules/permissions/write-permissions.ts';
import type { Ruleset } from '../../../lib/rules/ruleset.ts';
import type { Settings } from '../schedule.ts';
import { ACCOUNT, REGION } from '../workload/population.ts';

const HUB_ARN = `arn:aws:securityhub:${REGION}:${ACCOUNT}:hub/default`;
export const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/FunctionRole`;

/** By ruleset and mode: many environments of many schedules have the same. */
const known = new Map<string, readonly Statement[]>();

/**
 * What the role's policies answer to a call to Security Hub, by the very statements that are deployed with these rules.
 * They are made without a stack; those of the queues need one.
 */
export function roleOf(ruleset: Ruleset, mode: Settings['mode']): (access: Access) => 'allowed' | 'denied' {
  const name = `${ruleset.version} ${mode}`;
  const statements =
    known.get(name) ?? findingsStatements(writePermissionsOf(ruleset), { mode, hubArn: HUB_ARN });
  known.set(name, statements);
  return (access) => evaluatePolicies(statements, { ...access, principal: { arn: ROLE_ARN } });
}

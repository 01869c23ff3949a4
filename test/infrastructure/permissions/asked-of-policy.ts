import type { FindingUpdate } from '../../../lib/findings/update.ts';
import { findingsStatements } from '../../../lib/infrastructure/permissions/findings-access.ts';
import { evaluatePolicies } from '../../../lib/local/iam/evaluate.ts';
import { accessesOf } from '../../../lib/local/security-hub/access.ts';
import { writePermissionsOf } from '../../../lib/rules/permissions/write-permissions.ts';
import type { Ruleset } from '../../../lib/rules/ruleset.ts';

export const HUB = 'arn:aws:securityhub:eu-west-1:111122223333:hub/default';
const ALWAYS_ALLOWED = ['Workflow', 'VerificationState', 'Note', 'UserDefinedFields'];

/** Whether the policy that follows from a ruleset allows a request with these members. */
export function mayWrite(
  ruleset: Ruleset,
  members: object,
  mode: 'observe' | 'enforce' = 'enforce',
): boolean {
  const statements = findingsStatements(writePermissionsOf(ruleset), { mode, hubArn: HUB });
  const request = { FindingIdentifiers: [{ Id: 'a', ProductArn: 'b' }], ...members };
  return accessesOf('BatchUpdateFindings', request, HUB).every(
    (access) =>
      evaluatePolicies(statements, { ...access, principal: { arn: 'arn:aws:iam::111122223333:role/f' } }) ===
      'allowed',
  );
}

/** The later ruleset with `withdrawing` as lint with the earlier as base demands it (TR211). */
export function withdrawing(earlier: Ruleset, later: Ruleset): Ruleset {
  const fieldsOf = ({ rules }: Ruleset, actions: boolean) =>
    rules
      .filter(({ mode, conditions }) => mode === 'enforce' && (actions || !isOnAction(conditions)))
      .flatMap(({ event }) => Object.keys(event.params));
  const written = new Set([...fieldsOf(later, true), ...ALWAYS_ALLOWED]);
  const given = new Set(fieldsOf(earlier, false).filter((field) => !written.has(field)));
  return {
    ...later,
    config: { ...later.config, withdrawing: [...given] as readonly (keyof FindingUpdate)[] },
  };
}

function isOnAction(conditions: unknown): boolean {
  return JSON.stringify(conditions).includes('"fact":"event.');
}

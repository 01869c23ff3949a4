import type { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { findingsStatements } from '../../infrastructure/permissions/findings-access.ts';
import { writePermissionsOf } from '../../rules/permissions/write-permissions.ts';
import { DEFAULT_CONFIG } from '../../rules/ruleset.ts';
import type { Connection } from '../account/connect.ts';
import type { Bench, Update } from '../bench.ts';
import { answered, type Outcome, type Probe, unanswered } from '../probe.ts';
import { DENIED_KEYS, DENIED_VALUE_KEYS } from '../questions.ts';
import { SYNTHETIC_TYPE } from '../synthetic-finding.ts';

/** Whom the updates are sent as: a role that may update findings, within a policy for the session alone. */
export interface DenyingRole {
  readonly roleArn: string;
  readonly hubArn: string;
  readonly runId: string;
}

/**
 * Asks for each member that the function's role may be denied whether Security Hub heeds the Deny: with the very
 * statement that the role would have. First the same update must pass without it, or nothing is shown.
 */
export function denyProbes(
  bench: Bench,
  connection: Pick<Connection, 'hubAs'>,
  role: DenyingRole,
): Readonly<Record<string, Probe>> {
  const related = { ...bench.finding, Id: `${bench.finding.Id}/related` };
  const note = { Note: { Text: 'Written to see whether it is denied', UpdatedBy: 'verify-account' } };
  const field = { UserDefinedFields: { denied: 'perhaps' } };
  /** An update that has this member. */
  const updates: Readonly<Record<string, Update>> = {
    'Workflow.Status': { Workflow: { Status: 'NOTIFIED' } },
    'Severity.Label': { Severity: { Label: 'LOW' } },
    'Severity.Normalized': { Severity: { Normalized: 1 } },
    'Severity.Product': { Severity: { Product: 1 } },
    VerificationState: { VerificationState: 'BENIGN_POSITIVE' },
    Confidence: { Confidence: 1 },
    Criticality: { Criticality: 1 },
    Types: { Types: [SYNTHETIC_TYPE] },
    RelatedFindings: { RelatedFindings: [related] },
    'Note.Text': note,
    'Note.UpdatedBy': note,
    'UserDefinedFields.key': field,
    'UserDefinedFields.value': field,
  };
  /** Those values that the role is never denied, as they take back what rules wrote. */
  const allowedValues: Readonly<Record<string, Update>> = {
    'Workflow.Status': { Workflow: { Status: 'NEW' } },
    VerificationState: { VerificationState: 'UNKNOWN' },
  };
  const { allow, byField, byValue } = statementsFor(role.hubArn);
  let opened = 0;
  const session = (...denies: readonly object[]): Promise<SecurityHubClient> => {
    opened += 1;
    // Sessions of one name could be taken for one another.
    const name = `triage-verify-${role.runId.slice(0, 8)}-${opened}`;
    const Statement = [allow, ...denies];
    return connection.hubAs(role.roleArn, name, { Version: '2012-10-17', Statement });
  };
  let free: Promise<SecurityHubClient> | undefined;
  const freely = () => {
    free ??= session();
    return free;
  };
  const isDenied = async (update: Update, as: SecurityHubClient) =>
    (await bench.update(update, { as })).kind === 'denied';

  const ask = async (update: Update, deny: object | undefined, spared?: Update): Promise<Outcome> => {
    if (deny === undefined) return unanswered('The role has no such statement.');
    if (await isDenied(update, await freely()))
      return unanswered(`${role.roleArn} may not update findings, so a denied call shows nothing.`);
    const denying = await session(deny);
    if (!(await isDenied(update, denying))) return answered('ignored');
    return spared !== undefined && (await isDenied(spared, denying)) ? answered('all') : answered('enforced');
  };
  return Object.fromEntries([
    ...DENIED_KEYS.map((key) => [`deny.${key}`, () => ask(updates[key] ?? {}, byField.get(key))]),
    ...DENIED_VALUE_KEYS.map((key) => [
      `denyValues.${key}`,
      () => ask(updates[key] ?? {}, byValue.get(key), allowedValues[key]),
    ]),
  ]);
}

/** The statements of the function's role: what allows updates, and what would deny each member, whole or by values. */
function statementsFor(hubArn: string) {
  const none = writePermissionsOf({ rules: [], config: DEFAULT_CONFIG });
  const enforcing = { mode: 'enforce', hubArn } as const;
  const nothing = none.map((permission) => ({ ...permission, allowed: false, values: null }));
  const keyed = (statements: ReturnType<typeof findingsStatements>) =>
    new Map(
      statements.flatMap((statement) => {
        const [condition = {}] = Object.values(statement.Condition ?? {});
        const [path = ''] = Object.keys(condition);
        return [[path.split('/').at(-1) ?? '', statement] as const];
      }),
    );
  const [allow = {}] = findingsStatements(none, enforcing);
  const byValue = findingsStatements(none, enforcing).filter(({ Condition }) => Condition?.StringEquals);
  return { allow, byField: keyed(findingsStatements(nothing, enforcing)), byValue: keyed(byValue) };
}

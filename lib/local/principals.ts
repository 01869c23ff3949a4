import { createHash } from 'node:crypto';
import type { LocalRole } from './assembly/local-resources.ts';
import { type AccessRequest, evaluatePolicies, type Statement } from './iam/evaluate.ts';
import type { LocalCredentials } from './lambda/function-environment.ts';

/** The account's identities: who stands behind an access key, and what their policies say. */
export interface Principals {
  readonly operatorArn: string;
  readonly credentialsOf: (arn: string) => LocalCredentials;
  /** Undefined for a key that was never given out. */
  readonly arnOf: (accessKeyId: string) => string | undefined;
  readonly statementsOf: (arn: string) => readonly Statement[];
  /** By identity policies alone, as for a service without resource policies. */
  readonly authorize: (arn: string, request: Omit<AccessRequest, 'principal'>) => 'allowed' | 'denied';
}

/**
 * The template's roles with the statements that reach them, and an operator who may everything. A role is assumed
 * by whoever holds its keys: trust policies are not evaluated. Throws for an identity that is not there.
 */
export function createPrincipals(
  accountId: string,
  partition: string,
  roles: readonly LocalRole[],
): Principals {
  const operatorArn = `arn:${partition}:iam::${accountId}:role/Operator`;
  const statements = new Map<string, readonly Statement[]>([
    ...roles.map((role) => [role.arn, role.statements] as const),
    [operatorArn, [{ Effect: 'Allow', Action: '*', Resource: '*' }]],
  ]);
  const arns = new Map([...statements.keys()].map((arn) => [credentialsFor(arn).accessKeyId, arn]));
  function statementsOf(arn: string): readonly Statement[] {
    const found = statements.get(arn);
    if (found === undefined) {
      throw new Error(`The local account has no identity ${arn}.`);
    }
    return found;
  }
  return {
    operatorArn,
    credentialsOf: (arn) => {
      statementsOf(arn);
      return credentialsFor(arn);
    },
    arnOf: (accessKeyId) => arns.get(accessKeyId),
    statementsOf,
    authorize: (arn, request) =>
      evaluatePolicies(statementsOf(arn), {
        ...request,
        principal: { arn },
        conditionKeys: { ...request.conditionKeys, 'aws:PrincipalArn': arn },
      }),
  };
}

/** Stable between runs, so that what a person copied into a shell keeps working. */
function credentialsFor(arn: string): LocalCredentials {
  const digest = createHash('sha256').update(arn).digest('hex');
  return {
    accessKeyId: `ASIA${digest.slice(0, 16).toUpperCase()}`,
    secretAccessKey: digest.slice(16, 56),
    sessionToken: digest.slice(56),
  };
}

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
  /** Whether one identity may take on a role: the role's trust policy and the caller's policies must both say so. */
  readonly mayAssume: (arn: string, roleArn: string) => 'allowed' | 'denied';
  /**
   * A session of a role that may do only what a policy allows as well; returns the session's ARN, which then is an
   * identity like any other. A later one of the same name takes its place.
   */
  readonly openSession: (roleArn: string, name: string, policy: readonly Statement[]) => string;
  /** Whether a service may take on a role for a resource of this account: the role's trust policy alone says so. */
  readonly mayServe: (service: string, sourceArn: string, roleArn: string) => 'allowed' | 'denied';
}

/**
 * The template's roles with the statements that reach them, and an operator who may everything. Throws for an
 * identity that is not there.
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
  const sessions = new Map<string, { readonly roleArn: string; readonly policy: readonly Statement[] }>();
  const authorize: Principals['authorize'] = (callerArn, request) => {
    const session = sessions.get(callerArn);
    const arn = session?.roleArn ?? callerArn;
    const judge = (policy: readonly Statement[]) =>
      evaluatePolicies(policy, {
        ...request,
        principal: { arn },
        conditionKeys: { ...request.conditionKeys, 'aws:PrincipalArn': arn },
      });
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session: both must allow it.
    if (session !== undefined && judge(session.policy) === 'denied') return 'denied';
    return judge(statementsOf(arn));
  };
  const trustOf = (roleArn: string) => roles.find((role) => role.arn === roleArn)?.trust ?? [];
  return {
    operatorArn,
    credentialsOf: (arn) => {
      statementsOf(sessions.get(arn)?.roleArn ?? arn);
      return credentialsFor(arn);
    },
    arnOf: (accessKeyId) => arns.get(accessKeyId),
    statementsOf,
    authorize,
    mayAssume(arn, roleArn) {
      const request = { action: 'sts:AssumeRole', resourceArn: roleArn, conditionKeys: {} };
      const trusted = evaluatePolicies(trustOf(roleArn), {
        ...request,
        principal: { arn },
        conditionKeys: { 'aws:PrincipalArn': arn },
      });
      return trusted === 'denied' ? 'denied' : authorize(arn, request);
    },
    openSession(roleArn, name, policy) {
      statementsOf(roleArn);
      const arn = sessionArn(roleArn, name);
      sessions.set(arn, { roleArn, policy });
      arns.set(credentialsFor(arn).accessKeyId, arn);
      return arn;
    },
    mayServe: (service, sourceArn, roleArn) =>
      evaluatePolicies(trustOf(roleArn), {
        action: 'sts:AssumeRole',
        resourceArn: roleArn,
        principal: { service },
        conditionKeys: { 'aws:SourceAccount': accountId, 'aws:SourceArn': sourceArn },
      }),
  };
}

/** As STS names it: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns */
export function sessionArn(roleArn: string, sessionName: string): string {
  const [, partition, , , account, role = ''] = roleArn.split(':');
  return `arn:${partition}:sts::${account}:assumed-role/${role.slice(role.lastIndexOf('/') + 1)}/${sessionName}`;
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

import { evaluatePolicies, type Statement } from '../iam/evaluate.ts';
import { type Refusal, refuse } from './refusal.ts';

/** Who calls: a role or user, or an AWS service on behalf of one of its resources. */
export interface Principal {
  readonly arn?: string;
  /** E.g. `events.amazonaws.com`. */
  readonly service?: string;
  /** The resource a service acts for, e.g. an EventBridge rule: becomes `aws:SourceArn`. */
  readonly sourceArn?: string;
}

/** How the account's identities are known to SQS. */
export interface QueueAccess {
  /** Whose access key a request is signed with; undefined for an unknown one. The signature itself is not checked. */
  readonly principalOf: (accessKeyId: string) => Principal | undefined;
  /** The identity policies of a principal; a service has none. */
  readonly identityStatements: (principal: Principal) => readonly Statement[];
}

/** An account without identities of its own: every key is its root user's, who may do everything not denied. */
export function rootAccess(accountId: string): QueueAccess {
  const root: Principal = { arn: `arn:aws:iam::${accountId}:root` };
  return {
    principalOf: () => root,
    identityStatements: ({ arn }) =>
      arn === root.arn ? [{ Effect: 'Allow', Action: '*', Resource: '*' }] : [],
  };
}

/**
 * Refuses a call that neither the caller's identity policies nor the queue's policy allow, or that either denies.
 * `aws:SecureTransport` counts as true: loopback has no TLS, and a queue policy that asks for it should still hold.
 */
export function checkAccess(
  access: QueueAccess,
  principal: Principal,
  action: string,
  resource: { readonly arn: string; readonly policyStatements: readonly Statement[] },
): Refusal | undefined {
  const { arn, service, sourceArn } = principal;
  const statements = [...access.identityStatements(principal), ...resource.policyStatements];
  const verdict = evaluatePolicies(statements, {
    action: `sqs:${action}`,
    resourceArn: resource.arn,
    principal: { ...(arn !== undefined && { arn }), ...(service !== undefined && { service }) },
    conditionKeys: {
      'aws:SecureTransport': 'true',
      'aws:PrincipalIsAWSService': String(service !== undefined),
      ...(arn !== undefined && { 'aws:PrincipalArn': arn, 'aws:PrincipalAccount': accountOf(arn) }),
      ...(service !== undefined && { 'aws:PrincipalServiceName': service }),
      ...(sourceArn !== undefined && {
        'aws:SourceArn': sourceArn,
        'aws:SourceAccount': accountOf(sourceArn),
      }),
    },
  });
  if (verdict === 'allowed') return undefined;
  const caller = arn ?? service ?? 'anonymous';
  return refuse(
    'AccessDenied',
    `User: ${caller} is not authorized to perform: sqs:${action.toLowerCase()} on resource: ${resource.arn}`,
  );
}

function accountOf(arn: string): string {
  return arn.split(':')[4] ?? '';
}

import type { LocalQueue, LocalRole } from '../../../lib/local/assembly/local-resources.ts';
import { type AccessRequest, evaluatePolicies } from '../../../lib/local/iam/evaluate.ts';
import { ACCOUNT, only, REGION, type Synthesized, triageFunction } from '../synthesized.ts';

type Statements = Parameters<typeof evaluatePolicies>[0];
export type Verdict = ReturnType<typeof evaluatePolicies>;

/** Who asks, by which keys, and what their own policies say. */
export interface Caller {
  readonly principal: AccessRequest['principal'];
  readonly keys: AccessRequest['conditionKeys'];
  readonly statements: Statements;
}

const TLS = { 'aws:SecureTransport': 'true' };
const EVERYTHING = [{ Effect: 'Allow', Action: '*', Resource: '*' }] as const;

export const HUB = `arn:aws:securityhub:${REGION}:${ACCOUNT}:hub/default`;

/** Whom the alarms of the stack under proof notify. */
export const ALARM_TOPIC = `arn:aws:sns:${REGION}:${ACCOUNT}:oncall`;

/** Somebody of the account who may do anything that nothing forbids. */
export const ADMINISTRATOR: Caller = byArn(`arn:aws:iam::${ACCOUNT}:role/administrator`, EVERYTHING);

export function byRule(ruleArn: string): Caller {
  return {
    principal: { service: 'events.amazonaws.com' },
    keys: { 'aws:SourceArn': ruleArn },
    statements: [],
  };
}

export function byRole({ arn, statements }: LocalRole): Caller {
  return byArn(arn, statements);
}

function byArn(arn: string, statements: Statements): Caller {
  return { principal: { arn }, keys: { 'aws:PrincipalArn': arn }, statements };
}

/** What comes of an action on a queue: its own policy and the caller's together. */
export function onQueue(
  stack: Synthesized,
  action: string,
  queue: LocalQueue,
  caller: Caller,
  keys: AccessRequest['conditionKeys'] = TLS,
): Verdict {
  return evaluatePolicies([...policyOf(stack, queue), ...caller.statements], {
    action: `sqs:${action}`,
    resourceArn: queue.arn,
    ...(caller.principal && { principal: caller.principal }),
    conditionKeys: { ...keys, ...caller.keys },
  });
}

/** What a role's own policies say. */
export function byPolicies(
  role: LocalRole,
  action: string,
  resourceArn: string,
  keys: AccessRequest['conditionKeys'] = {},
): Verdict {
  return evaluatePolicies(role.statements, {
    action,
    resourceArn,
    principal: { arn: role.arn },
    conditionKeys: { ...TLS, ...keys },
  });
}

export function policyOf(stack: Synthesized, queue: LocalQueue): Statements {
  return stack.resources.queuePolicies
    .filter(({ queueUrls }) => queueUrls.includes(queue.url))
    .flatMap(({ statements }) => statements);
}

export function functionRole({ resources }: Synthesized): LocalRole {
  const { roleArn } = triageFunction(resources);
  return only(resources.roles.filter(({ arn }) => arn === roleArn));
}

export function redriveRole({ resources }: Synthesized): LocalRole {
  return only(resources.roles.filter(({ logicalId }) => /RedriveRole/.test(logicalId)));
}

export function findingRule({ resources }: Synthesized) {
  return only(resources.eventRules.filter(({ logicalId }) => /FindingEvents/.test(logicalId)));
}

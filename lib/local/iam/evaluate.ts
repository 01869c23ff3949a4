import { conditionsHold } from './conditions.ts';
import { principalMatches } from './principal.ts';
import type { AccessRequest } from './request.ts';
import { listOf, type OneOrMany, type Statement } from './statement.ts';
import { matchesArn, matchesWildcard } from './wildcard.ts';

export type { AccessRequest } from './request.ts';
export type { Statement } from './statement.ts';

/**
 * What IAM would answer: a Deny that applies wins, else an Allow that applies, else no.
 * Within one account the role's policies and the resource's policy are one pool: pass both. Statements of a role
 * have no Principal and must be those of the calling role. Throws on what it cannot judge (an unknown condition
 * operator, a statement without an action), because a guess either way would hide a wrong policy.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluatePolicies(
  statements: readonly Statement[],
  request: AccessRequest,
): 'allowed' | 'denied' {
  const effects = new Set(
    statements.filter((statement) => applies(statement, request)).map((statement) => statement.Effect),
  );
  return effects.has('Allow') && !effects.has('Deny') ? 'allowed' : 'denied';
}

function applies(statement: Statement, request: AccessRequest): boolean {
  return (
    actionMatches(statement, request.action) &&
    resourceMatches(statement, request.resourceArn) &&
    principalMatches(statement, request.principal) &&
    conditionsHold(statement.Condition, request.conditionKeys)
  );
}

function actionMatches(statement: Statement, action: string): boolean {
  if (statement.Action === undefined && statement.NotAction === undefined) {
    throw new Error(`A policy statement names no action: ${JSON.stringify(statement)}.`);
  }
  // Actions are compared without regard to case.
  return included(statement.Action, statement.NotAction, (pattern) =>
    matchesWildcard(pattern.toLowerCase(), action.toLowerCase()),
  );
}

function resourceMatches(statement: Statement, arn: string): boolean {
  if (statement.Resource === undefined && statement.NotResource === undefined) {
    if (statement.Principal === undefined && statement.NotPrincipal === undefined) {
      throw new Error(`A policy statement names no resource: ${JSON.stringify(statement)}.`);
    }
    return true; // a trust policy speaks of the role that carries it
  }
  return included(statement.Resource, statement.NotResource, (pattern) => matchesArn(pattern, arn));
}

function included(
  wanted: OneOrMany<string> | undefined,
  unwanted: OneOrMany<string> | undefined,
  matches: (pattern: string) => boolean,
): boolean {
  return wanted === undefined ? !listOf(unwanted).some(matches) : listOf(wanted).some(matches);
}

import type { AccessRequest } from './request.ts';
import { listOf, type PrincipalElement, type Statement } from './statement.ts';

/**
 * Whether a statement speaks of the caller. Without Principal it is part of the caller's own role and does.
 * `*` and `{AWS: "*"}` mean everyone, services and the anonymous included.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function principalMatches(statement: Statement, caller: AccessRequest['principal']): boolean {
  if (statement.Principal !== undefined) {
    return names(statement.Principal, caller);
  }
  return statement.NotPrincipal === undefined || !names(statement.NotPrincipal, caller);
}

function names(element: PrincipalElement, caller: AccessRequest['principal']): boolean {
  if (element === '*') {
    return true;
  }
  return (
    listOf(element.AWS).some((name) => name === '*' || namesArn(name, caller?.arn)) ||
    listOf(element.Service).some((name) => name === caller?.service)
  );
}

/** An account, as its number or its root ARN, stands for every principal in it. */
function namesArn(name: string, arn: string | undefined): boolean {
  if (arn === undefined) {
    return false;
  }
  const account = arn.split(':')[4];
  return name === arn || name === account || (name.endsWith(':root') && name.split(':')[4] === account);
}

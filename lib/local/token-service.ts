import type { Statement } from './iam/evaluate.ts';
import { statementsOf } from './iam/policy-document.ts';
import { type Principals, sessionArn } from './principals.ts';
import { type QueryApi, type QueryOperation, refuseQuery } from './query/query-api.ts';

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const SESSION_SECONDS = { least: 900, most: 43_200, unlessGiven: 3_600 } as const;
const SESSION_NAME = /^[\w+=,.@-]{2,64}$/;

/**
 * STS: AssumeRole within the account, where the role's trust policy admits the caller and the caller's own policies
 * allow it. The session's keys are those of the role, as aws:PrincipalArn names the role and not the session; with a
 * policy for the session alone they are its own.
 */
export function createTokenService(principals: Principals, now: () => number): QueryApi {
  const assumeRole: QueryOperation = (callerArn, parameters) => {
    const { RoleArn = '', RoleSessionName = '', DurationSeconds, Policy } = parameters;
    const seconds = DurationSeconds === undefined ? SESSION_SECONDS.unlessGiven : Number(DurationSeconds);
    if (!SESSION_NAME.test(RoleSessionName) || !isDuration(seconds))
      return refuseQuery('ValidationError', 400, 'RoleSessionName or DurationSeconds is not allowed.');
    if (principals.mayAssume(callerArn, RoleArn) === 'denied')
      return refuseQuery(
        'AccessDenied',
        403,
        `User: ${callerArn} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
      );
    const policy = Policy === undefined ? null : readPolicy(Policy);
    if (policy === undefined)
      return refuseQuery('MalformedPolicyDocument', 400, 'The policy is not in the valid JSON format.');
    const identity = policy === null ? RoleArn : principals.openSession(RoleArn, RoleSessionName, policy);
    const { accessKeyId, secretAccessKey, sessionToken } = principals.credentialsOf(identity);
    return {
      Credentials: {
        AccessKeyId: accessKeyId,
        SecretAccessKey: secretAccessKey,
        SessionToken: sessionToken,
        Expiration: new Date(now() + seconds * 1000),
      },
      AssumedRoleUser: {
        AssumedRoleId: `AROALOCAL:${RoleSessionName}`,
        Arn: sessionArn(RoleArn, RoleSessionName),
      },
    };
  };
  return {
    namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    operations: new Map([['AssumeRole', assumeRole]]),
  };
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html: 2,048 characters at most. */
const POLICY_CHARACTERS = 2_048;

/** The statements of a policy for a session; undefined where it is none. */
function readPolicy(text: string): readonly Statement[] | undefined {
  if (text.length > POLICY_CHARACTERS) return undefined;
  try {
    return statementsOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function isDuration(seconds: number): boolean {
  return Number.isInteger(seconds) && seconds >= SESSION_SECONDS.least && seconds <= SESSION_SECONDS.most;
}

import { setImmediate } from 'node:timers/promises';
import { AccountRootPrincipal, PolicyDocument, Role } from 'aws-cdk-lib/aws-iam';
import { afterAll, afterEach, beforeAll, onTestFinished, vi } from 'vitest';
import type { Clock } from '../../lambdas/triage/clock.ts';
import { type LocalAccount, type LocalAccountOptions, startLocalAccount } from '../../lib/local/account.ts';
import { connect } from '../../lib/verification/account/connect.ts';
import { verificationPolicy } from '../../lib/verification/verification-policy.ts';
import { type Verification, type Verified, verifyAccount } from '../../lib/verification/verify.ts';
import { synthesizeTinyApp, type TinyApp } from '../local/tiny-app.ts';

const POLICY = verificationPolicy({ partition: 'aws', accountId: '111122223333', region: 'eu-west-1' });
export const RUN = 'run-0001-of-the-test';

let app: TinyApp;

beforeAll(() => {
  app = synthesizeTinyApp({
    handler: 'export const handler = async () => {};',
    extend(stack) {
      const role = (name: string, Statement: readonly object[]) =>
        new Role(stack, name, {
          assumedBy: new AccountRootPrincipal(),
          inlinePolicies: { Policy: PolicyDocument.fromJson({ ...POLICY, Statement }) },
        });
      const assume = { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' };
      role('Verifier', [...POLICY.Statement, assume]);
      role('WithoutEvents', [...POLICY.Statement.slice(0, 2), assume]);
      role('WithoutDeletes', [
        ...POLICY.Statement.map((statement) => ({
          ...statement,
          Action: statement.Action.filter((action) => !/PutTargets|DeleteQueue/.test(action)),
        })),
        assume,
      ]);
      role('Updater', POLICY.Statement.slice(0, 1));
      role('Bystander', [{ Effect: 'Allow', Action: 'securityhub:DescribeHub', Resource: '*' }]);
    },
  });
}, 180_000);

afterAll(() => app?.remove());
afterEach(() => vi.unstubAllEnvs());

/** One that nobody has asked yet, with roles of each kind; closed when the test ends. */
export async function start(options: Partial<LocalAccountOptions> = {}): Promise<LocalAccount> {
  const account = await startLocalAccount({
    ...{ assemblyDir: app.assemblyDir, timeScale: 0.001, ...options },
    // A leaping clock keeps to no rate of real time.
    securityHub: { quotas: 'off', ...options.securityHub },
  });
  onTestFinished(account.close);
  return account;
}

export function roleOf({ resources }: LocalAccount, name: string): string {
  return resources.roles.find(({ logicalId }) => logicalId.startsWith(name))?.arn ?? '';
}

/** Time that passes by waiting alone, and at once. */
function leapingClock(): Clock {
  let leaptMs = 0;
  return {
    nowMs: () => Date.now() + leaptMs,
    async sleep(durationMs) {
      leaptMs += durationMs;
      await setImmediate();
    },
    random: () => 0.5,
  };
}

/** Asks everything as one of the roles. */
export async function verifyAs(
  account: LocalAccount,
  role: string,
  more: Partial<Verification> = {},
): Promise<Verified> {
  const { endpoints, principals, region } = account;
  const { accessKeyId, secretAccessKey } = principals.credentialsOf(roleOf(account, role));
  vi.stubEnv('AWS_ACCESS_KEY_ID', accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secretAccessKey);
  vi.stubEnv('AWS_REGION', region);
  vi.stubEnv('AWS_ENDPOINT_URL_SECURITYHUB', endpoints.securityHub);
  vi.stubEnv('AWS_ENDPOINT_URL_EVENTBRIDGE', endpoints.events);
  vi.stubEnv('AWS_ENDPOINT_URL_SQS', endpoints.sqs);
  vi.stubEnv('AWS_ENDPOINT_URL_STS', endpoints.sts);
  const connecting = await connect();
  if (connecting.kind !== 'connected') throw new Error(connecting.why);
  try {
    return await verifyAccount({
      ...{
        connection: connecting.connection,
        clock: leapingClock(),
        runId: RUN,
        hold: 'triageHold',
        withEvents: true,
      },
      withNativeRule: true,
      roleArn: roleOf(account, 'Updater'),
      ...{ patienceMs: 60_000, lingerMs: 400, onQuestion: () => {}, onOutcome: () => {} },
      signal: new AbortController().signal,
      ...more,
    });
  } finally {
    connecting.connection.close();
  }
}

/** What each question was answered by, by its id. */
export const answersOf = ({ facts }: Verified) =>
  Object.fromEntries(Object.entries(facts.answers).map(([id, { answer }]) => [id, answer]));

import type { SQSClient } from '@aws-sdk/client-sqs';
import { asked } from '../../account/call-failed.ts';

export type Connection =
  | { readonly kind: 'connected'; readonly region: string; readonly client: SQSClient }
  /** There are no credentials or no Region; `why` is the SDK's own word for it. */
  | { readonly kind: 'unconfigured'; readonly why: string };

/** Calls are tried three times: all of them may be repeated, a message that is sent twice is decided twice to one end. */
const CLIENT = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
} as const;

/**
 * Connects to SQS as the SDK is set up to (credentials by its default chain, Region and endpoints by its settings),
 * taking on the role where one is given. Its session is renewed for as long as the work takes. Throws CallFailed where
 * the role cannot be assumed.
 */
export async function connectSqs(roleArn: string | null): Promise<Connection> {
  // Loaded here, as most commands talk to nobody.
  const { SQSClient } = await import('@aws-sdk/client-sqs');
  const own = new SQSClient(CLIENT);
  let region: string;
  try {
    region = await own.config.region();
    await own.config.credentials();
  } catch (error) {
    own.destroy();
    return { kind: 'unconfigured', why: error instanceof Error ? error.message : String(error) };
  }
  if (roleArn === null) return { kind: 'connected', region, client: own };
  own.destroy();
  const { fromTemporaryCredentials } = await import('@aws-sdk/credential-providers');
  const client = new SQSClient({
    ...CLIENT,
    region,
    credentials: fromTemporaryCredentials({
      params: { RoleArn: roleArn, RoleSessionName: 'triage-dead-letters' },
      clientConfig: { region },
    }),
  });
  await asked('sts:AssumeRole', roleArn, () => client.config.credentials());
  return { kind: 'connected', region, client };
}

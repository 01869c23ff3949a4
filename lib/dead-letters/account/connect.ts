import type { SQSClient } from '@aws-sdk/client-sqs';
import { asked } from '../../account/call-failed.ts';
import { COMMAND_CLIENT, configured, type Unconfigured } from '../../account/configured.ts';

export type Connection =
  | { readonly kind: 'connected'; readonly region: string; readonly client: SQSClient }
  | Unconfigured;

/**
 * Connects to SQS as the SDK is set up to (credentials by its default chain, Region and endpoints by its settings),
 * taking on the role where one is given. Its session is renewed for as long as the work takes. Throws CallFailed where
 * the role cannot be assumed. The SDK may repeat every call: a message that is sent twice is decided twice to one end.
 */
export async function connectSqs(roleArn: string | null): Promise<Connection> {
  // Loaded here, as most commands talk to nobody.
  const { SQSClient } = await import('@aws-sdk/client-sqs');
  const own = new SQSClient(COMMAND_CLIENT);
  const setUp = await configured(own);
  if (setUp.kind === 'unconfigured') {
    own.destroy();
    return setUp;
  }
  const { region } = setUp;
  if (roleArn === null) return { kind: 'connected', region, client: own };
  own.destroy();
  const { fromTemporaryCredentials } = await import('@aws-sdk/credential-providers');
  const client = new SQSClient({
    ...COMMAND_CLIENT,
    region,
    credentials: fromTemporaryCredentials({
      params: { RoleArn: roleArn, RoleSessionName: 'triage-dead-letters' },
      clientConfig: { region },
    }),
  });
  await asked('sts:AssumeRole', roleArn, () => client.config.credentials());
  return { kind: 'connected', region, client };
}

import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { SecurityHubClient } from '@aws-sdk/client-securityhub';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { asked } from '../../account/call-failed.ts';
import { COMMAND_CLIENT, configured, type Unconfigured } from '../../account/configured.ts';

/** The SDK's clients for what is asked of the account, each with the module that makes its commands. */
export interface Connection {
  readonly region: string;
  readonly hub: SecurityHubClient;
  readonly hubSdk: typeof import('@aws-sdk/client-securityhub');
  readonly events: EventBridgeClient;
  readonly eventsSdk: typeof import('@aws-sdk/client-eventbridge');
  readonly sqs: SQSClient;
  readonly sqsSdk: typeof import('@aws-sdk/client-sqs');
  /** A client that acts as a role, within a policy for this session alone. Throws CallFailed where it is denied. */
  readonly hubAs: (roleArn: string, session: string, policy: object) => Promise<SecurityHubClient>;
  readonly close: () => void;
}

export type Connecting = { readonly kind: 'connected'; readonly connection: Connection } | Unconfigured;

/** Connects as the SDK is set up to: credentials by its default chain, Region and endpoints by its settings. */
export async function connect(): Promise<Connecting> {
  const [hubSdk, eventsSdk, sqsSdk] = await Promise.all([
    import('@aws-sdk/client-securityhub'),
    import('@aws-sdk/client-eventbridge'),
    import('@aws-sdk/client-sqs'),
  ]);
  const hub = new hubSdk.SecurityHubClient(COMMAND_CLIENT);
  const events = new eventsSdk.EventBridgeClient(COMMAND_CLIENT);
  const sqs = new sqsSdk.SQSClient(COMMAND_CLIENT);
  const open: { destroy: () => void }[] = [hub, events, sqs];
  const close = () => {
    for (const client of open) client.destroy();
  };
  const setUp = await configured(hub);
  if (setUp.kind === 'unconfigured') {
    close();
    return setUp;
  }
  const { region } = setUp;
  const hubAs: Connection['hubAs'] = async (roleArn, session, policy) => {
    const { fromTemporaryCredentials } = await import('@aws-sdk/credential-providers');
    const client = new hubSdk.SecurityHubClient({
      ...{ ...COMMAND_CLIENT, region },
      credentials: fromTemporaryCredentials({
        params: { RoleArn: roleArn, RoleSessionName: session, Policy: JSON.stringify(policy) },
        clientConfig: { region },
      }),
    });
    open.push(client);
    await asked('sts:AssumeRole', roleArn, () => client.config.credentials());
    return client;
  };
  return {
    kind: 'connected',
    connection: { region, hub, hubSdk, events, eventsSdk, sqs, sqsSdk, hubAs, close },
  };
}

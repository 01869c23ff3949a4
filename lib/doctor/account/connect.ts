import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { COMMAND_CLIENT, configured, type Unconfigured } from '../../account/configured.ts';

/** The SDK's clients for what is looked at; each with its module, which is loaded when it is needed. */
export interface Connection {
  readonly region: string;
  readonly hub: {
    readonly client: SecurityHubClient;
    readonly sdk: typeof import('@aws-sdk/client-securityhub');
  };
  readonly events: {
    readonly client: EventBridgeClient;
    readonly sdk: typeof import('@aws-sdk/client-eventbridge');
  };
  readonly close: () => void;
}

export type Connecting = { readonly kind: 'connected'; readonly connection: Connection } | Unconfigured;

/** Connects as the SDK is set up to: credentials by its default chain, Region and endpoints by its settings. */
export async function connect(): Promise<Connecting> {
  const [hub, events] = await Promise.all([
    import('@aws-sdk/client-securityhub'),
    import('@aws-sdk/client-eventbridge'),
  ]);
  const clients = [
    new hub.SecurityHubClient(COMMAND_CLIENT),
    new events.EventBridgeClient(COMMAND_CLIENT),
  ] as const;
  const [hubClient, eventsClient] = clients;
  const close = () => {
    for (const client of clients) client.destroy();
  };
  const setUp = await configured(hubClient);
  if (setUp.kind === 'unconfigured') {
    close();
    return setUp;
  }
  return {
    kind: 'connected',
    connection: {
      region: setUp.region,
      hub: { client: hubClient, sdk: hub },
      events: { client: eventsClient, sdk: events },
      close,
    },
  };
}

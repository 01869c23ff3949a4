import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { SecurityHubClient } from '@aws-sdk/client-securityhub';

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

export type Connecting =
  | { readonly kind: 'connected'; readonly connection: Connection }
  /** There are no credentials or no Region; `why` is the SDK's own word for it. */
  | { readonly kind: 'unconfigured'; readonly why: string };

const CLIENT = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
} as const;

/** Connects as the SDK is set up to: credentials by its default chain, Region and endpoints by its settings. */
export async function connect(): Promise<Connecting> {
  const [hub, events] = await Promise.all([
    import('@aws-sdk/client-securityhub'),
    import('@aws-sdk/client-eventbridge'),
  ]);
  const clients = [new hub.SecurityHubClient(CLIENT), new events.EventBridgeClient(CLIENT)] as const;
  const [hubClient, eventsClient] = clients;
  const close = () => {
    for (const client of clients) client.destroy();
  };
  try {
    const region = await hubClient.config.region();
    await hubClient.config.credentials();
    return {
      kind: 'connected',
      connection: {
        region,
        hub: { client: hubClient, sdk: hub },
        events: { client: eventsClient, sdk: events },
        close,
      },
    };
  } catch (error) {
    close();
    return { kind: 'unconfigured', why: error instanceof Error ? error.message : String(error) };
  }
}

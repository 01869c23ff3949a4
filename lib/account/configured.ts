/**
 * How commands call the account: the SDK's own retries, and timeouts, of which it has none by default and which
 * without `throwOnRequestTimeout` only warn.
 */
export const COMMAND_CLIENT = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
} as const;

/** There are no credentials or no Region; `why` is the SDK's own word for it. */
export interface Unconfigured {
  readonly kind: 'unconfigured';
  readonly why: string;
}

/** What any client of the SDK tells of how it is set up. */
interface Configurable {
  readonly config: {
    region(): Promise<string>;
    credentials(): Promise<unknown>;
  };
}

/** Asks a client for its Region and its credentials before any call is made, so that their lack is told as such. */
export async function configured(
  client: Configurable,
): Promise<{ readonly kind: 'configured'; readonly region: string } | Unconfigured> {
  try {
    const region = await client.config.region();
    await client.config.credentials();
    return { kind: 'configured', region };
  } catch (error) {
    return { kind: 'unconfigured', why: error instanceof Error ? error.message : String(error) };
  }
}

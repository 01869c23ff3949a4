import type {
  AwsSecurityFindingFilters,
  GetFindingsCommand,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { type CallResult, classifyFailure } from '../../lambdas/triage/call-failure.ts';
import { isIdentifier } from '../../lambdas/triage/identifier.ts';
import type { Finding } from '../findings/finding.ts';
import type { Filters } from '../findings/finding-filters.ts';

/**
 * GetFindings may be called 3 times a second, 6 at once, for the account and Region: the deployed function reads late
 * findings out of the same quota, and calls arrive closer together than they were sent, so the burst is less.
 * https://docs.aws.amazon.com/general/latest/gr/sechub.html
 */
export const GET_FINDINGS_PACE = { callsPerSecond: 3, burst: 4 } as const;

/** 1–100: https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_GetFindings.html */
const FINDINGS_PER_CALL = 100;

export interface Page {
  readonly findings: readonly Finding[];
  readonly nextToken: string | null;
}

/** Reads pages of findings, oldest change first. A call never throws. */
export interface FindingSource {
  readonly page: (filters: Filters, nextToken: string | null) => Promise<CallResult<Page>>;
  readonly close: () => void;
}

export type Connection =
  | { readonly kind: 'connected'; readonly region: string; readonly source: FindingSource }
  /** There are no credentials or no Region; `why` is the SDK's own word for it. */
  | { readonly kind: 'unconfigured'; readonly why: string };

/**
 * Connects to Security Hub as the SDK is set up to: credentials by its default chain, Region and endpoint
 * (AWS_ENDPOINT_URL_SECURITYHUB) by its settings. Retries are the caller's, as each takes from the quota.
 */
export async function connect(): Promise<Connection> {
  // Loaded here, as most commands talk to nobody.
  const { GetFindingsCommand, SecurityHubClient } = await import('@aws-sdk/client-securityhub');
  const client = new SecurityHubClient({
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
  });
  try {
    const region = await client.config.region();
    await client.config.credentials();
    return {
      kind: 'connected',
      region,
      source: { page: pagesOf(client, GetFindingsCommand), close: () => client.destroy() },
    };
  } catch (error) {
    client.destroy();
    return { kind: 'unconfigured', why: error instanceof Error ? error.message : String(error) };
  }
}

function pagesOf(client: SecurityHubClient, Command: typeof GetFindingsCommand): FindingSource['page'] {
  return async (filters, nextToken) => {
    try {
      const reply = await client.send(
        new Command({
          Filters: filters as AwsSecurityFindingFilters,
          // What changes meanwhile moves to the end and is met again there, so that nothing is passed over.
          SortCriteria: [{ Field: 'UpdatedAt', SortOrder: 'asc' }],
          MaxResults: FINDINGS_PER_CALL,
          ...(nextToken !== null && { NextToken: nextToken }),
        }),
      );
      const findings: readonly unknown[] = reply.Findings ?? [];
      return {
        kind: 'answered',
        reply: { findings: findings.filter(isFinding), nextToken: reply.NextToken ?? null },
      };
    } catch (error) {
      return classifyFailure(error);
    }
  };
}

function isFinding(value: unknown): value is Finding {
  return isIdentifier(value);
}

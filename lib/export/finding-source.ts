import type {
  AwsSecurityFindingFilters,
  GetFindingsCommand,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { type CallResult, classifyFailure } from '../../lambdas/triage/call-failure.ts';
import { type FindingPage, pageOf } from '../../lambdas/triage/finding-page.ts';
import { COMMAND_CLIENT, configured, type Unconfigured } from '../account/configured.ts';
import type { Filters } from '../findings/finding-filters.ts';

/**
 * GetFindings may be called 3 times a second, 6 at once, for the account and Region: the deployed function reads late
 * findings out of the same quota, and calls arrive closer together than they were sent, so the burst is less.
 * https://docs.aws.amazon.com/general/latest/gr/sechub.html
 */
export const GET_FINDINGS_PACE = { callsPerSecond: 3, burst: 4 } as const;

/** 1–100: https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_GetFindings.html */
const FINDINGS_PER_CALL = 100;

/** Reads pages of findings, oldest change first. A call never throws. */
export interface FindingSource {
  readonly page: (filters: Filters, nextToken: string | null) => Promise<CallResult<FindingPage>>;
  readonly close: () => void;
}

export type Connection =
  | { readonly kind: 'connected'; readonly region: string; readonly source: FindingSource }
  | Unconfigured;

/**
 * Connects to Security Hub as the SDK is set up to: credentials by its default chain, Region and endpoint
 * (AWS_ENDPOINT_URL_SECURITYHUB) by its settings. Retries are the caller's, as each takes from the quota.
 */
export async function connect(): Promise<Connection> {
  // Loaded here, as most commands talk to nobody.
  const { GetFindingsCommand, SecurityHubClient } = await import('@aws-sdk/client-securityhub');
  const client = new SecurityHubClient({ ...COMMAND_CLIENT, maxAttempts: 1 });
  const setUp = await configured(client);
  if (setUp.kind === 'unconfigured') {
    client.destroy();
    return setUp;
  }
  return {
    kind: 'connected',
    region: setUp.region,
    source: { page: pagesOf(client, GetFindingsCommand), close: () => client.destroy() },
  };
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
      return { kind: 'answered', reply: pageOf(reply) };
    } catch (error) {
      return classifyFailure(error);
    }
  };
}

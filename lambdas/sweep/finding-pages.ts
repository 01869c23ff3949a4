import {
  type AwsSecurityFindingFilters,
  GetFindingsCommand,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import type { Filters } from '../../lib/findings/finding-filters.ts';
import { type CallResult, classifyFailure } from '../triage/call-failure.ts';
import { type FindingPage, pageOf } from '../triage/finding-page.ts';
import { HUB_CLIENT } from '../triage/security-hub.ts';

/** Reads findings page by page. A call never throws, and never runs for more than `timeoutMs`. */
export interface FindingPages {
  page(filters: Filters, nextToken: string | null, timeoutMs: number): Promise<CallResult<FindingPage>>;
}

/**
 * GetFindings has 3 calls a second, burst 6, for the whole account; the environments of the triage function may take 2
 * of them together: https://docs.aws.amazon.com/general/latest/gr/sechub.html
 */
export const PAGES_PER_SECOND = 1;
/** 1–100: https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_GetFindings.html */
const FINDINGS_PER_CALL = 100;
/** A page may have 24 MB of findings. */
const PAGE_TIMEOUT_MS = 20_000;

/** Pages in the order of CreatedAt, which no update of ours changes: what is updated meanwhile keeps its place. */
export function connectFindingPages(
  client = new SecurityHubClient({
    ...HUB_CLIENT,
    requestHandler: { ...HUB_CLIENT.requestHandler, requestTimeout: PAGE_TIMEOUT_MS },
  }),
): FindingPages {
  return {
    async page(filters, nextToken, timeoutMs) {
      const command = new GetFindingsCommand({
        Filters: filters as AwsSecurityFindingFilters,
        SortCriteria: [{ Field: 'CreatedAt', SortOrder: 'asc' }],
        MaxResults: FINDINGS_PER_CALL,
        ...(nextToken !== null && { NextToken: nextToken }),
      });
      try {
        const reply = await client.send(command, { abortSignal: AbortSignal.timeout(timeoutMs) });
        return { kind: 'answered', reply: pageOf(reply) };
      } catch (error) {
        return classifyFailure(error);
      }
    },
  };
}

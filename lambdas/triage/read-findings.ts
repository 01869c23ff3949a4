import { GetFindingsCommand, type SecurityHubClient } from '@aws-sdk/client-securityhub';
import type { FindingIdentifier } from '../../lib/findings/finding.ts';
import { type FindingPage, pageOf } from './finding-page.ts';

/**
 * Asks Security Hub for the findings as they stand. A module of its own, imported when it is first needed: the shape
 * of a whole finding is most of the SDK's client, and only late events are read again. Throws what the SDK throws,
 * and where the reply has no list.
 */
export async function readFindings(
  client: SecurityHubClient,
  identifiers: readonly FindingIdentifier[],
  nextToken: string | null,
  abortSignal: AbortSignal,
): Promise<FindingPage> {
  const reply = await client.send(
    new GetFindingsCommand({
      Filters: {
        Id: equalsAny(identifiers.map(({ Id }) => Id)),
        ProductArn: equalsAny(identifiers.map(({ ProductArn }) => ProductArn)),
      },
      MaxResults: 100,
      ...(nextToken !== null && { NextToken: nextToken }),
    }),
    { abortSignal },
  );
  return pageOf(reply);
}

function equalsAny(values: readonly string[]): { Value: string; Comparison: 'EQUALS' }[] {
  return [...new Set(values)].map((Value) => ({ Value, Comparison: 'EQUALS' }));
}

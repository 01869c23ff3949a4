import { GetFindingsCommand, type SecurityHubClient } from '@aws-sdk/client-securityhub';
import type { Finding, FindingIdentifier } from '../../lib/findings/finding.ts';
import { isIdentifier } from './identifier.ts';
import type { FindingPage } from './security-hub.ts';

/**
 * Asks Security Hub for the findings as they stand. A module of its own, imported when it is first needed: the shape
 * of a whole finding is most of the SDK's client, and only late events are read again. Throws what the SDK throws.
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
  // Members are read through type checks wherever they are used, so the SDK's types are let go here.
  const found: readonly unknown[] = reply.Findings ?? [];
  return { findings: found.filter(isFinding), nextToken: reply.NextToken ?? null };
}

function equalsAny(values: readonly string[]): { Value: string; Comparison: 'EQUALS' }[] {
  return [...new Set(values)].map((Value) => ({ Value, Comparison: 'EQUALS' }));
}

function isFinding(value: unknown): value is Finding {
  return isIdentifier(value);
}

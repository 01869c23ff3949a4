import { GetFindingsCommand, type SecurityHubClient } from '@aws-sdk/client-securityhub';
import { told } from './sdk-calls.ts';

/** The read of the bundled calls. */
export function readAll(
  hub: SecurityHubClient,
  findings: readonly { readonly Id: string }[],
): Promise<unknown> {
  const Id = findings.map(({ Id }) => ({ Value: Id, Comparison: 'EQUALS' as const }));
  return told(hub.send(new GetFindingsCommand({ Filters: { Id }, MaxResults: findings.length || 1_000 })));
}

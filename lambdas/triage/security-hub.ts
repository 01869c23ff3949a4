import {
  BatchUpdateFindingsCommand,
  type BatchUpdateFindingsCommandOutput,
  type BatchUpdateFindingsRequest,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import type { FindingIdentifier } from '../../lib/findings/finding.ts';
import { type FindingUpdate, UPDATABLE_FIELDS } from '../../lib/findings/update.ts';
import type { UpdateGroup } from '../../lib/triage/plan.ts';
import type { UpdateReply } from '../../lib/triage/reply.ts';
import { type CallResult, classifyFailure } from './call-failure.ts';
import type { FindingPage } from './finding-page.ts';
import { isIdentifier } from './identifier.ts';

/** The two calls the product makes; neither throws, and neither runs for more than `timeoutMs`. */
export interface SecurityHub {
  update(group: UpdateGroup, timeoutMs: number): Promise<CallResult<UpdateReply>>;
  /** At most 20 identifiers, the most values one filter takes. */
  read(
    identifiers: readonly FindingIdentifier[],
    nextToken: string | null,
    timeoutMs: number,
  ): Promise<CallResult<FindingPage>>;
}

/**
 * Retries are ours (they go by identifier, by rate and by deadline), so the SDK makes each call once. Its
 * `requestTimeout` alone only warns, and its default is to wait for ever.
 */
export const HUB_CLIENT = {
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
} as const;

/** Opens the one way to Security Hub. */
export function connectSecurityHub(client = new SecurityHubClient(HUB_CLIENT)): SecurityHub {
  return {
    update: (group, timeoutMs) =>
      call(async () =>
        readReply(
          await client.send(new BatchUpdateFindingsCommand(writeRequest(group)), {
            abortSignal: AbortSignal.timeout(timeoutMs),
          }),
        ),
      ),
    read: (identifiers, nextToken, timeoutMs) =>
      call(async () => {
        const signal = AbortSignal.timeout(timeoutMs);
        const { readFindings } = await import('./read-findings.ts');
        return readFindings(client, identifiers, nextToken, signal);
      }),
  };
}

async function call<Reply>(send: () => Promise<Reply>): Promise<CallResult<Reply>> {
  try {
    return { kind: 'answered', reply: await send() };
  } catch (error) {
    return classifyFailure(error);
  }
}

/** Member by member from the allow list: the SDK would also send what an object inherits. */
function writeRequest({ update, findings }: UpdateGroup): BatchUpdateFindingsRequest {
  const members: Partial<Record<keyof FindingUpdate, unknown>> = {};
  for (const field of UPDATABLE_FIELDS)
    if (Object.hasOwn(update, field) && update[field] !== undefined) members[field] = update[field];
  const FindingIdentifiers = findings.map(({ Id, ProductArn }) => ({ Id, ProductArn }));
  return { FindingIdentifiers, ...members } as BatchUpdateFindingsRequest;
}

function readReply(reply: BatchUpdateFindingsCommandOutput): UpdateReply {
  // The model requires both lists; a reply without them has been seen.
  const unprocessed = (reply.UnprocessedFindings ?? []).flatMap((entry) => {
    const finding = entry?.FindingIdentifier;
    if (!isIdentifier(finding)) return [];
    return [{ finding, cause: { code: entry.ErrorCode ?? 'Unknown', message: entry.ErrorMessage ?? '' } }];
  });
  return { processed: (reply.ProcessedFindings ?? []).filter(isIdentifier), unprocessed };
}

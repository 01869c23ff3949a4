import type { FindingIdentifier } from '../findings/finding.ts';
import { findingKey } from '../findings/finding-key.ts';
import type { Cause } from './decision.ts';

/** The lists of a BatchUpdateFindings reply, as far as they are there and hold what they should. */
export interface UpdateReply {
  readonly processed: readonly FindingIdentifier[];
  readonly unprocessed: readonly { readonly finding: FindingIdentifier; readonly cause: Cause }[];
}

/** Every identifier that was sent, in the one place where the reply's arithmetic puts it. */
export interface ReplyAccount {
  readonly processed: readonly FindingIdentifier[];
  readonly failed: readonly { readonly finding: FindingIdentifier; readonly cause: Cause }[];
}

/**
 * Believes a reply only by its arithmetic: sent = processed ⊎ unprocessed. HTTP 200 does not mean done, a reply
 * may lack both lists, and "not unprocessed" is not "processed". An identifier in neither list has failed as
 * `NotAccounted`, one in both counts as unprocessed, and identifiers we did not send are ignored.
 */
export function accountReply(sent: readonly FindingIdentifier[], reply: UpdateReply): ReplyAccount {
  const done = new Set(reply.processed.map(findingKey));
  const causes = new Map<string, Cause>();
  for (const { finding, cause } of reply.unprocessed) {
    const key = findingKey(finding);
    if (!causes.has(key)) causes.set(key, cause);
  }
  const processed: FindingIdentifier[] = [];
  const failed: { finding: FindingIdentifier; cause: Cause }[] = [];
  for (const finding of sent) {
    const key = findingKey(finding);
    const cause = causes.get(key);
    if (cause !== undefined) failed.push({ finding, cause });
    else if (done.has(key)) processed.push(finding);
    else failed.push({ finding, cause: NOT_ACCOUNTED });
  }
  return { processed, failed };
}

/**
 * How often an identifier may be sent before its code is final; every other code is final at once.
 * Codes: https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindingsUnprocessedFinding.html
 */
export function attemptsAllowed(code: string): number {
  switch (code) {
    case 'ConcurrentUpdateError':
    case 'InternalFailure':
    case NOT_ACCOUNTED.code:
      return 4;
    // A finding that was just imported may not have reached this Region yet.
    case 'FindingNotFound':
      return 3;
    default:
      return 1;
  }
}

/** Whether a reply said nothing of a finding: its update may stand. */
export function isNotAccounted({ code }: Cause): boolean {
  return code === NOT_ACCOUNTED.code;
}

const NOT_ACCOUNTED: Cause = {
  code: 'NotAccounted',
  message: 'The reply named this finding neither as processed nor as unprocessed',
};

import type { FindingIdentifier } from '../../findings/finding.ts';

/** Code and message of what BatchUpdateFindings could not update, verbatim from
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindingsUnprocessedFinding.html */
const MESSAGES: Readonly<Record<string, string>> = {
  ConcurrentUpdateError: 'Concurrent finding updates detected',
  DuplicatedFindingIdentifier: 'Finding Identifier is duplicated',
  FindingNotFound: 'Finding Not Found',
  FindingSizeExceeded: 'Finding size exceeded 240 KB',
  InternalFailure: 'Internal service failure',
  InvalidInput: 'Invalid Input',
};

export const UNPROCESSED_CODES = Object.keys(MESSAGES);

export interface UnprocessedFinding {
  readonly FindingIdentifier: FindingIdentifier;
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
}

/** Takes any code, also one that is not documented: the reply's ErrorCode is a plain string. */
export function unprocessed({ Id, ProductArn }: FindingIdentifier, code: string): UnprocessedFinding {
  return {
    FindingIdentifier: { Id, ProductArn },
    ErrorCode: code,
    ErrorMessage: MESSAGES[code] ?? code,
  };
}

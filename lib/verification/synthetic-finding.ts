import type { Finding } from '../findings/finding.ts';

/** Where the finding is brought in. */
export interface Place {
  readonly partition: string;
  readonly accountId: string;
  readonly region: string;
}

export const SYNTHETIC_TYPE = 'Software and Configuration Checks/securityhub-triage/verify-account';

/**
 * A finding that says nothing of anybody: INFORMATIONAL, of the account's own product, on the account itself. It keeps
 * every constraint of BatchImportFindings.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-custom-providers.html
 *
 * @param atMs when it was made and last changed, milliseconds since 1970: an import with an earlier one is ignored
 */
export function syntheticFinding(
  { partition, accountId, region }: Place,
  runId: string,
  atMs: number,
  recordState: 'ACTIVE' | 'ARCHIVED',
): Finding {
  const at = new Date(atMs).toISOString();
  return {
    SchemaVersion: '2018-10-08',
    Id: `securityhub-triage/verify-account/${runId}`,
    ProductArn: `arn:${partition}:securityhub:${region}:${accountId}:product/${accountId}/default`,
    GeneratorId: 'securityhub-triage/verify-account',
    AwsAccountId: accountId,
    CreatedAt: at,
    UpdatedAt: at,
    Title: 'Synthetic finding of triage verify-account: nothing is wrong',
    Description:
      'Made to find out how Security Hub behaves in this account, and archived at the end of the run. It may be suppressed or deleted.',
    Severity: { Label: 'INFORMATIONAL' },
    Types: [SYNTHETIC_TYPE],
    Resources: [
      { Type: 'AwsAccount', Id: `AWS::::Account:${accountId}`, Partition: partition, Region: region },
    ],
    RecordState: recordState,
  };
}

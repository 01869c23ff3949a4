/**
 * An ASFF finding as a provider or an event delivers it. Only the identity is relied on: real feeds omit
 * required members and hold wrong types, so everything else is read through a type check.
 * Shape: https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html
 */
export interface Finding {
  /** 1–512 characters. */
  readonly Id: string;
  /** 12–2,048 characters. */
  readonly ProductArn: string;
  readonly [member: string]: unknown;
}

/** What names a finding in every API call: the pair is the identity, the Id alone is not. */
export interface FindingIdentifier {
  readonly Id: string;
  readonly ProductArn: string;
}

export const SEVERITY_LABELS = ['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;
export type SeverityLabel = (typeof SEVERITY_LABELS)[number];

export const WORKFLOW_STATUSES = ['NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED'] as const;
export type WorkflowStatus = (typeof WORKFLOW_STATUSES)[number];

export const VERIFICATION_STATES = ['UNKNOWN', 'TRUE_POSITIVE', 'FALSE_POSITIVE', 'BENIGN_POSITIVE'] as const;
export type VerificationState = (typeof VERIFICATION_STATES)[number];

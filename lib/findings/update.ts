import type { FindingIdentifier, SeverityLabel, VerificationState, WorkflowStatus } from './finding.ts';

/** The nine members that BatchUpdateFindings can change, in the order we write them. */
export const UPDATABLE_FIELDS = [
  'Workflow',
  'Severity',
  'VerificationState',
  'Confidence',
  'Criticality',
  'Types',
  'RelatedFindings',
  'Note',
  'UserDefinedFields',
] as const;
export type UpdatableField = (typeof UPDATABLE_FIELDS)[number];

/** The API's limits: https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindings.html */
export const UPDATE_LIMITS = {
  findingsPerCall: 100,
  noteCharacters: 512,
  types: 50,
  relatedFindings: 10,
  userDefinedFields: 50,
  userDefinedKeyCharacters: 128,
  userDefinedValueCharacters: 1024,
} as const;

/** The members of a BatchUpdateFindings request without its FindingIdentifiers: one payload for up to 100 findings. */
export interface FindingUpdate {
  readonly Workflow?: { readonly Status: WorkflowStatus };
  readonly Severity?: { readonly Label: SeverityLabel };
  readonly VerificationState?: VerificationState;
  readonly Confidence?: number;
  readonly Criticality?: number;
  readonly Types?: readonly string[];
  readonly RelatedFindings?: readonly FindingIdentifier[];
  readonly Note?: { readonly Text: string; readonly UpdatedBy: string };
  readonly UserDefinedFields?: Readonly<Record<string, string>>;
}

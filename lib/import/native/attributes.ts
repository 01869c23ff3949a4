/** Where a native rule's criterion finds its value in a finding, and what kind of filter it takes. */
export type Attribute =
  | { readonly kind: 'text' | 'map'; readonly fact: string; readonly list: boolean }
  | { readonly kind: 'number' | 'date'; readonly fact: string };

const text = (fact: string, list = false): Attribute => ({ kind: 'text', fact, list });
const date = (fact: string): Attribute => ({ kind: 'date', fact });
const inResources = (member: string) => text(`Resources[*].${member}`, true);

/**
 * The criteria of native rules by name. NoteUpdatedBy is left out: rules never see who wrote a note.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AutomationRulesFindingFilters.html
 */
export const ATTRIBUTES: Readonly<Record<string, Attribute>> = {
  ProductArn: text('ProductArn'),
  AwsAccountId: text('AwsAccountId'),
  AwsAccountName: text('AwsAccountName'),
  Id: text('Id'),
  GeneratorId: text('GeneratorId'),
  Type: text('Types', true),
  Title: text('Title'),
  Description: text('Description'),
  SourceUrl: text('SourceUrl'),
  ProductName: text('ProductName'),
  CompanyName: text('CompanyName'),
  SeverityLabel: text('Severity.Label'),
  ResourceType: inResources('Type'),
  ResourceId: inResources('Id'),
  ResourcePartition: inResources('Partition'),
  ResourceRegion: inResources('Region'),
  ResourceApplicationArn: inResources('ApplicationArn'),
  ResourceApplicationName: inResources('ApplicationName'),
  ResourceTags: { kind: 'map', fact: 'Resources[*].Tags', list: true },
  ResourceDetailsOther: { kind: 'map', fact: 'Resources[*].Details.Other', list: true },
  ComplianceStatus: text('Compliance.Status'),
  ComplianceSecurityControlId: text('Compliance.SecurityControlId'),
  ComplianceAssociatedStandardsId: text('Compliance.AssociatedStandards[*].StandardsId', true),
  VerificationState: text('VerificationState'),
  WorkflowStatus: text('Workflow.Status'),
  RecordState: text('RecordState'),
  RelatedFindingsProductArn: text('RelatedFindings[*].ProductArn', true),
  RelatedFindingsId: text('RelatedFindings[*].Id', true),
  NoteText: text('Note.Text'),
  NoteUpdatedAt: date('Note.UpdatedAt'),
  UserDefinedFields: { kind: 'map', fact: 'UserDefinedFields', list: false },
  Confidence: { kind: 'number', fact: 'Confidence' },
  Criticality: { kind: 'number', fact: 'Criticality' },
  FirstObservedAt: date('FirstObservedAt'),
  LastObservedAt: date('LastObservedAt'),
  CreatedAt: date('CreatedAt'),
  UpdatedAt: date('UpdatedAt'),
};

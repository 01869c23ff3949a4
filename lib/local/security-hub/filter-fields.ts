import type { Finding } from '../../findings/finding.ts';
import { type JsonObject, listAt, objectAt, textAt } from './json.ts';

type TextsOf = (finding: Finding) => readonly (string | undefined)[];

const top =
  (member: string): TextsOf =>
  (finding) => [textAt(finding, member)];
const under =
  (parent: string, member: string): TextsOf =>
  (finding) => [textAt(finding[parent], member)];
const eachResource =
  (member: string): TextsOf =>
  (finding) =>
    listAt(finding, 'Resources').map((resource) => textAt(resource, member));

/** The string filters this hub answers and what each reads; absent states read as the untouched ones. */
export const STRING_FILTERS: Readonly<Record<string, TextsOf>> = {
  Id: top('Id'),
  ProductArn: top('ProductArn'),
  AwsAccountId: top('AwsAccountId'),
  AwsAccountName: top('AwsAccountName'),
  Region: top('Region'),
  GeneratorId: top('GeneratorId'),
  Title: top('Title'),
  ProductName: top('ProductName'),
  CompanyName: top('CompanyName'),
  Type: (finding) => listAt(finding, 'Types').map((type) => (typeof type === 'string' ? type : undefined)),
  SeverityLabel: under('Severity', 'Label'),
  ComplianceStatus: under('Compliance', 'Status'),
  ComplianceSecurityControlId: under('Compliance', 'SecurityControlId'),
  WorkflowStatus: (finding) => [textAt(finding.Workflow, 'Status') ?? 'NEW'],
  VerificationState: (finding) => [textAt(finding, 'VerificationState') ?? 'UNKNOWN'],
  RecordState: (finding) => [textAt(finding, 'RecordState') ?? 'ACTIVE'],
  NoteText: under('Note', 'Text'),
  NoteUpdatedBy: under('Note', 'UpdatedBy'),
  ResourceId: eachResource('Id'),
  ResourceType: eachResource('Type'),
};

export const MAP_FILTERS: Readonly<Record<string, (finding: Finding) => JsonObject>> = {
  UserDefinedFields: (finding) => objectAt(finding, 'UserDefinedFields'),
  ProductFields: (finding) => objectAt(finding, 'ProductFields'),
};

export const DATE_FILTERS = ['CreatedAt', 'UpdatedAt', 'FirstObservedAt', 'LastObservedAt'] as const;

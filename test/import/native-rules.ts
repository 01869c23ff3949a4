import type { NativeRule } from './native-reference.ts';

/** What `aws securityhub batch-get-automation-rules` prints for rules as teams have them. */
export const NATIVE_RULES: readonly NativeRule[] = [
  rule(
    'Lower sandbox findings',
    1,
    {
      AwsAccountId: [equals('777788889999'), equals('123123123123')],
      RecordState: [equals('ACTIVE')],
    },
    { Severity: { Label: 'LOW', Normalized: 10 }, UserDefinedFields: { env: 'sandbox' } },
  ),
  rule(
    'Suppress access logging of log buckets',
    2,
    {
      ComplianceSecurityControlId: [equals('S3.9'), { Value: 'S3.1', Comparison: 'PREFIX' }],
      ResourceType: [equals('AwsS3Bucket')],
      ResourceId: [{ Value: 'log', Comparison: 'CONTAINS' }],
    },
    { Workflow: { Status: 'SUPPRESSED' }, Note: { Text: 'Log buckets need no logs', UpdatedBy: 'secops' } },
  ),
  rule(
    'Root user comes first',
    3,
    {
      ResourceId: [
        { Value: ':root', Comparison: 'CONTAINS' },
        { Value: 'arn:aws:iam::111122223333:root', Comparison: 'EQUALS' },
      ],
    },
    { Severity: { Label: 'CRITICAL' }, Criticality: 100 },
    { IsTerminal: true },
  ),
  rule(
    'Controls that pass are resolved',
    4,
    {
      ComplianceStatus: [equals('PASSED')],
      WorkflowStatus: [equals('NEW'), equals('NOTIFIED')],
    },
    { Workflow: { Status: 'RESOLVED' } },
  ),
  rule(
    'Not in production',
    5,
    {
      ResourceTags: [{ Key: 'env', Value: 'prod', Comparison: 'NOT_EQUALS' }],
      ResourceType: [
        { Value: 'AwsEc2', Comparison: 'PREFIX' },
        { Value: 'AwsEc2Vpc', Comparison: 'NOT_EQUALS' },
      ],
      SeverityLabel: [{ Value: 'CRITICAL', Comparison: 'NOT_EQUALS' }],
    },
    { Criticality: 10, Types: ['Effects/Example'], Confidence: 40 },
  ),
  rule(
    'Old medium findings',
    6,
    {
      CreatedAt: [{ DateRange: { Value: 3, Unit: 'DAYS', Comparison: 'OLDER_THAN' } }],
      SeverityLabel: [equals('MEDIUM'), equals('LOW')],
      Title: [
        { Value: 'Lambda', Comparison: 'NOT_CONTAINS' },
        { Value: 'EKS', Comparison: 'NOT_CONTAINS' },
      ],
    },
    { VerificationState: 'BENIGN_POSITIVE', UserDefinedFields: { age: 'old', env: 'any' } },
  ),
  rule(
    'Switched off',
    7,
    { Title: [{ Value: 'a', Comparison: 'CONTAINS' }] },
    { Confidence: 1 },
    { RuleStatus: 'DISABLED', IsTerminal: true },
  ),
  rule(
    'Same order, updated later',
    8,
    { ProductName: [equals('GuardDuty')] },
    { Confidence: 90 },
    { UpdatedAt: '2026-05-01T00:00:00Z' },
  ),
  rule(
    'Same order, updated first',
    8,
    { ProductName: [equals('GuardDuty')] },
    { Confidence: 80, Note: { Text: 'GuardDuty', UpdatedBy: 'secops' } },
    { UpdatedAt: '2026-04-01T00:00:00Z' },
  ),
  rule('Notes of one person', 9, { NoteUpdatedBy: [equals('analyst')] }, { Confidence: 99 }),
  rule(
    'Whatever was seen this autumn',
    10,
    {
      UpdatedAt: [{ Start: '2026-09-01T00:00:00Z', End: '2026-11-19T08:00:00Z' }],
      Confidence: [{ Gte: 50, Lte: 100 }],
    },
    { Workflow: { Status: 'NOTIFIED' } },
  ),
  rule(
    'Links to the programme',
    11,
    {
      GeneratorId: [{ Value: 'security-control/', Comparison: 'PREFIX' }],
      CompanyName: [{ Value: 'Prowler', Comparison: 'PREFIX_NOT_EQUALS' }],
    },
    {
      RelatedFindings: [
        { Id: 'programme-1', ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/securityhub' },
      ],
    },
  ),
];

function rule(
  RuleName: string,
  RuleOrder: number,
  Criteria: NativeRule['Criteria'],
  FindingFieldsUpdate: Readonly<Record<string, unknown>>,
  members: Partial<NativeRule> = {},
): NativeRule {
  return {
    ...{ RuleName, RuleOrder, RuleStatus: 'ENABLED', IsTerminal: false, Description: RuleName },
    ...{ UpdatedAt: '2026-01-01T00:00:00Z', Criteria },
    Actions: [{ Type: 'FINDING_FIELDS_UPDATE', FindingFieldsUpdate } as NativeRule['Actions'][number]],
    ...members,
  };
}

function equals(Value: string): Readonly<Record<string, string>> {
  return { Value, Comparison: 'EQUALS' };
}

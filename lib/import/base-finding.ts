import type { Finding } from '../findings/finding.ts';

/** The sample that the tests of imported rules start from: invented, and about nothing that a rule would ask for. */
export const BASE_FINDING: Finding = {
  SchemaVersion: '2018-10-08',
  Id: 'arn:aws:securityhub:eu-west-1:111122223333:finding/imported-rules',
  ProductArn: 'arn:aws:securityhub:eu-west-1:111122223333:product/111122223333/default',
  ProductName: 'Example product',
  CompanyName: 'Example company',
  Region: 'eu-west-1',
  GeneratorId: 'example-generator',
  AwsAccountId: '111122223333',
  AwsAccountName: 'example-account',
  Types: ['Unusual Behaviors/Example'],
  FirstObservedAt: '2026-01-10T08:00:00.000Z',
  LastObservedAt: '2026-01-12T08:00:00.000Z',
  CreatedAt: '2026-01-10T08:00:00.000Z',
  UpdatedAt: '2026-01-12T08:00:00.000Z',
  Severity: { Label: 'MEDIUM', Normalized: 40, Original: 'MEDIUM' },
  Title: 'Example title',
  Description: 'What the tests of imported rules start from.',
  Resources: [
    {
      Type: 'Other',
      Id: 'example-resource',
      Partition: 'aws',
      Region: 'eu-west-1',
    },
  ],
  WorkflowState: 'NEW',
  Workflow: { Status: 'NEW' },
  RecordState: 'ACTIVE',
};

/** Its name among the samples. */
export const BASE_SAMPLE = 'imported-rules';

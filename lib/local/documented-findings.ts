import type { Finding } from '../findings/finding.ts';

const ARN = 'arn:aws:securityhub:us-west-1:123456789012:subscription/pci-dss/v/3.2.1/PCI.Lambda.2';

/**
 * Findings with the identifiers that AWS uses in the examples of `aws securityhub batch-update-findings`, so that the
 * documented commands work on the local account as they stand.
 * https://docs.aws.amazon.com/cli/latest/reference/securityhub/batch-update-findings.html
 */
export function documentedFindings(): readonly Finding[] {
  return ['EXAMPLE11111', 'EXAMPLE22222'].map((suffix) => ({
    SchemaVersion: '2018-10-08',
    Id: `${ARN}/finding/a1b2c3d4-5678-90ab-cdef-${suffix}`,
    ProductArn: 'arn:aws:securityhub:us-west-1::product/aws/securityhub',
    ProductName: 'Security Hub',
    CompanyName: 'AWS',
    Region: 'us-west-1',
    GeneratorId: 'pci-dss/v/3.2.1/PCI.Lambda.2',
    AwsAccountId: '123456789012',
    Types: ['Software and Configuration Checks/Industry and Regulatory Standards/PCI-DSS'],
    CreatedAt: '2026-05-04T08:00:00.000Z',
    UpdatedAt: '2026-05-04T08:00:00.000Z',
    Severity: { Label: 'MEDIUM', Normalized: 40, Original: 'MEDIUM' },
    Title: 'A function is outside the network it should be in',
    Description: 'This finding stands for the one in the documentation of batch-update-findings.',
    Resources: [
      { Type: 'AwsLambdaFunction', Id: `arn:aws:lambda:us-west-1:123456789012:function:example-${suffix}` },
    ],
    Compliance: { Status: 'FAILED', SecurityControlId: 'Lambda.3' },
    Workflow: { Status: 'NEW' },
    RecordState: 'ACTIVE',
    FindingProviderFields: {
      Severity: { Label: 'MEDIUM', Original: 'MEDIUM' },
      Types: ['Software and Configuration Checks/Industry and Regulatory Standards/PCI-DSS'],
    },
  }));
}

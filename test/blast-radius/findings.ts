import type { Finding } from '../../lib/findings/finding.ts';

export const CONTROLS = 50;
/** Beyond the numbers of the settled ones, and of the first control. */
const FIRST_NEW = 1_000_000_000;
/** Has no factor in common with the number of controls, so that it comes to each of them. */
const STRIDE = 11;
/** Of the controls, those that are out of scope everywhere: a fifth. */
export const ACCEPTED_CONTROLS = 10;

/** Failed control findings as Security Hub refreshes them every night: 50 controls over many resources. */
export function controlFindings(count: number): readonly Finding[] {
  return Array.from({ length: count }, (_, at) => controlFinding(at));
}

/** Findings of a night, beside the settled ones, in strides through the controls: a few of them hold some of each. */
export function newFindings(count: number): readonly Finding[] {
  return Array.from({ length: count }, (_, at) => controlFinding(FIRST_NEW + at * STRIDE));
}

export function controlId(n: number): string {
  return `EC2.${n + 1}`;
}

function controlFinding(n: number): Finding {
  const control = controlId(n % CONTROLS);
  const account = String(111100000000 + (n % 97));
  return {
    SchemaVersion: '2018-10-08',
    Id: `arn:aws:securityhub:eu-west-1:${account}:security-control/${control}/finding/${n}`,
    ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/securityhub',
    ProductName: 'Security Hub',
    AwsAccountId: account,
    Region: 'eu-west-1',
    GeneratorId: `security-control/${control}`,
    Title: `Instances should follow ${control}`,
    Types: ['Software and Configuration Checks/Industry and Regulatory Standards'],
    CreatedAt: '2026-01-01T00:00:00.000Z',
    UpdatedAt: '2026-06-01T00:00:00.000Z',
    Severity: { Label: 'MEDIUM', Original: 'MEDIUM', Normalized: 40 },
    FindingProviderFields: {
      Severity: { Label: 'MEDIUM', Original: 'MEDIUM' },
      Types: ['Software and Configuration Checks/Industry and Regulatory Standards'],
    },
    Compliance: { Status: 'FAILED', SecurityControlId: control },
    Workflow: { Status: 'NEW' },
    WorkflowState: 'NEW',
    RecordState: 'ACTIVE',
    Resources: [{ Type: 'AwsEc2Instance', Id: `arn:aws:ec2:eu-west-1:${account}:instance/i-${n}` }],
  };
}

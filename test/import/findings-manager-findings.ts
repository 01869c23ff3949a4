import type { Finding } from '../../lib/findings/finding.ts';

const RESOURCE_IDS = [
  ...[
    'arn:aws:s3:::ledger',
    'arn:aws:s3:::ledger-copy',
    'copy-of-arn:aws:s3:::ledger',
    'arn:aws:s3:::Ledger',
  ],
  ...['arn:aws:sns:eu-west-1:topic', 'copy-of-arn:aws:sns:eu-west-1:topic'],
  ...['queue-dead', 'queue-dead-1', 'my-volume-1', 'my-vol'],
  ...[
    'price$',
    'price$1',
    'a-price$',
    'stack/layer',
    'stack/layer/1',
    'stack-a',
    'my-stack-a',
    'bucket-test',
    'arn:aws:s3:::notes/1',
  ],
];

/** What each member of a rule asks for, and what just misses it: it shows a rule that is too wide without a corpus. */
export const NEAR_MISSES: readonly Finding[] = [
  ...RESOURCE_IDS.map((id) => ({ Resources: [{ Id: id }] })),
  { Resources: [{ Id: 'arn:aws:s3:::other' }, { Id: 'arn:aws:s3:::ledger' }] },
  { Region: 'eu-west-1', Resources: [{ Id: 'a', Tags: { team: 'shop' } }] },
  { Region: 'eu-west-1', Resources: [{ Id: 'a' }, { Id: 'b', Tags: { env: 'dev' } }] },
  { Region: 'eu-west-1', Resources: [{ Id: 'a', Tags: { team: 'shops' } }] },
  { Region: 'eu-west-1', Resources: [{ Id: 'a', Tags: { group: 'shop', env: 'prod' } }] },
  { Region: 'eu-west-10', Resources: [{ Id: 'a', Tags: { team: 'shop' } }] },
  { Region: 'us-east-1' },
  { ProductFields: { ControlId: '1.14' } },
  { ProductFields: { RuleId: '1.14' } },
  { ProductFields: { RuleId: '1.1', ControlId: '1.140', StandardsControlId: '1.14' } },
  { Compliance: { SecurityControlId: 'EC2.3' } },
  { Compliance: { SecurityControlId: 'EC2.30' } },
  { Compliance: { SecurityControlId: 'EC2.3' }, Region: 'us-east-1' },
  { ProductName: 'Inspector', Resources: [{ Id: 'i-01' }] },
  ...[
    'ami-1',
    'arn:aws:ecr:eu-west-1:1:repository/a',
    'copy-of-arn:aws:ecr:eu-west-1:1:repository/a',
    'a-function',
  ].map((id) => ({ ProductName: 'Inspector', Resources: [{ Id: id }] })),
  { ProductName: 'Inspector2', Resources: [{ Id: 'i-01' }] },
  { Title: 'Port is open' },
  { Title: 'Port is open.' },
  { Title: 'Port is open', Workflow: { Status: 'RESOLVED' } },
].map((members, i) =>
  whole({
    Id: `near-miss-${i}`,
    ProductArn: 'arn:aws:securityhub:eu-central-1::product/acme/own',
    ...members,
  }),
);

/** The finding with all that the findings manager needs of one, as Security Hub hands it out. */
export function whole(finding: Finding): Finding {
  const { Severity = { Label: 'MEDIUM' }, Types = ['Effects'] } = finding;
  const texts = [
    ...['CompanyName', 'ProductName', 'Region', 'Title', 'GeneratorId', 'Description', 'SchemaVersion'],
    ...['AwsAccountId', 'CreatedAt', 'UpdatedAt'],
  ];
  return {
    ...Object.fromEntries(texts.map((name) => [name, 'x'])),
    ...{ Severity, Types, Resources: [], ProductFields: {}, RecordState: 'ACTIVE' },
    ...{ Workflow: { Status: 'NEW' }, WorkflowState: 'NEW', FindingProviderFields: { Severity, Types } },
    ...finding,
  };
}

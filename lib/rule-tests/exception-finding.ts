import type { Finding } from '../findings/finding.ts';
import type { ExceptionRow } from '../rules/exceptions/exception-row.ts';
import { sampleOf } from './glob-samples.ts';

const DAY_MS = 86_400_000;
const REGION = 'eu-west-1';
/** Resources of a finding: https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format-attributes.html */
const MAX_RESOURCES = 32;

/**
 * The smallest finding of today's shape that a row is about: what the row names is on it, in its first account, on
 * the resources it names. It is a day old at `nowMs`.
 */
export function findingOfRow(row: ExceptionRow, nowMs: number): Finding {
  const { control, title, generator, accounts, resources } = row;
  const account = accounts[0] ?? '';
  const day = new Date(nowMs - DAY_MS).toISOString();
  const kind = control ?? 'example';
  return {
    SchemaVersion: '2018-10-08',
    Id: `arn:aws:securityhub:${REGION}:${account}:security-control/${kind}/finding/${row.id}`,
    ProductArn: `arn:aws:securityhub:${REGION}::product/aws/securityhub`,
    ProductName: 'Security Hub',
    CompanyName: 'AWS',
    Region: REGION,
    AwsAccountId: account,
    GeneratorId: generator === undefined ? `security-control/${kind}` : sampleOf(generator),
    Title: title === undefined ? `Made for the exception ${row.id}` : sampleOf(title),
    Description: 'A finding made to test a row of exceptions.',
    Types: ['Software and Configuration Checks/Industry and Regulatory Standards'],
    CreatedAt: day,
    UpdatedAt: day,
    FirstObservedAt: day,
    LastObservedAt: day,
    ...severity('MEDIUM'),
    ...(control === undefined ? {} : { Compliance: { Status: 'FAILED', SecurityControlId: control } }),
    Resources: (resources ?? [`arn:aws:example:${REGION}:${account}:thing/example`])
      .slice(0, MAX_RESOURCES)
      .map((id) => resource(sampleOf(id))),
    Workflow: { Status: 'NEW' },
    RecordState: 'ACTIVE',
  };
}

/** Both places at which a finding says how severe it is. */
export function severity(Label: string): Readonly<Record<string, unknown>> {
  return { Severity: { Label }, FindingProviderFields: { Severity: { Label } } };
}

export function resource(Id: string): Readonly<Record<string, unknown>> {
  return { Type: 'Other', Id, Partition: 'aws', Region: REGION };
}

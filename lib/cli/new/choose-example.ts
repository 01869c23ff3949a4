import { basename } from 'node:path';
import { canonicalJson } from '../../findings/canonical-json.ts';
import type { Finding } from '../../findings/finding.ts';
import type { Rule } from '../../rules/rule.ts';
import { readOneFinding } from '../read-one-finding.ts';
import { sampleFiles } from '../sample-findings.ts';
import { accountIdOf, conditionsFor, memberOf, textOf } from './rule-from-finding.ts';

/** A finding to make a rule from where nobody named one. */
export interface Example {
  readonly finding: Finding;
  /** Its file among the samples; none of the one that we bring along. */
  readonly file?: string;
}

/** What a rules folder without samples starts from: a control that failed, with the four traits a rule asks for. */
const BROUGHT_ALONG: Finding = {
  SchemaVersion: '2018-10-08',
  Id: 'arn:aws:securityhub:eu-west-1:111122223333:security-control/S3.8/finding/3b1c8a52-6f0d-4e7b-9c55-1f2e3d4c5b6a',
  ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/securityhub',
  ProductName: 'Security Hub',
  CompanyName: 'AWS',
  Region: 'eu-west-1',
  GeneratorId: 'security-control/S3.8',
  AwsAccountId: '111122223333',
  Types: ['Software and Configuration Checks/Industry and Regulatory Standards'],
  CreatedAt: '2026-11-02T08:14:05.120Z',
  UpdatedAt: '2026-11-17T06:40:58.007Z',
  Severity: { Label: 'HIGH', Normalized: 70, Original: 'HIGH' },
  Title: 'S3 general purpose buckets should block public access',
  Description: 'This control checks whether a bucket blocks public access by settings of its own.',
  Resources: [
    {
      Type: 'AwsS3Bucket',
      Id: 'arn:aws:s3:::example-bucket',
      Partition: 'aws',
      Region: 'eu-west-1',
    },
  ],
  Compliance: { Status: 'FAILED', SecurityControlId: 'S3.8' },
  WorkflowState: 'NEW',
  Workflow: { Status: 'NEW' },
  RecordState: 'ACTIVE',
};

/**
 * The first sample in order of name that has a product, a type or control, an account and a resource, of the area's own
 * (`guardduty-…` for `guardduty`) where there are some; else a finding brought along. One that a rule was made from
 * already is passed over, for the two would shadow each other; undefined where that leaves none.
 */
export function chooseExample(rulesDir: string, area: string, known: readonly Rule[]): Example | undefined {
  const made = new Set(known.map(({ conditions }) => canonicalJson(conditions)));
  const isFree = (finding: Finding) => !made.has(canonicalJson(conditionsFor(finding)));
  const files = sampleFiles(rulesDir);
  const own = files.filter((file) => area !== '' && basename(file).startsWith(`${area}-`));
  for (const file of [...own, ...files]) {
    const { finding } = readOneFinding(file, rulesDir);
    if (isPlain(finding) && isFree(finding)) return { finding, file };
  }
  return isFree(BROUGHT_ALONG) ? { finding: BROUGHT_ALONG } : undefined;
}

/** Whether a rule made from it asks for four things that everybody knows, and nobody has worked on it yet. */
function isPlain(finding: Finding): boolean {
  const { ProductName, Compliance, Types, Resources, Workflow, RecordState } = finding;
  const [resource] = Array.isArray(Resources) ? Resources : [];
  const [type] = Array.isArray(Types) ? Types : [];
  return (
    textOf(ProductName) !== undefined &&
    (textOf(memberOf(Compliance, 'SecurityControlId')) ?? textOf(type)) !== undefined &&
    accountIdOf(finding) !== undefined &&
    textOf(memberOf(resource, 'Type')) !== undefined &&
    memberOf(Workflow, 'Status') === 'NEW' &&
    RecordState === 'ACTIVE'
  );
}

/** The folder of a rule whose name says none: one there is that the sample is named after, else the product's name. */
export function areaOf({ finding, file }: Example, areas: readonly string[]): string {
  const sample = file === undefined ? '' : basename(file, '.json');
  const named = areas.filter((area) => sample.startsWith(`${area}-`)).sort((a, b) => b.length - a.length);
  const product = (textOf(finding.ProductName) ?? '').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return named[0] ?? (product.replaceAll(/^-|-$/g, '') || 'first');
}

import type { Finding } from '../../../lib/findings/finding.ts';
import { type ProductPart, productPartOf } from './product-part.ts';
import { resourcesOf } from './resource.ts';
import { drawSituation, type Situation } from './situation.ts';

const STANDARD_TYPE = 'Software and Configuration Checks';

/** `count` ASFF findings, about 3.2 KB each as JSON; the same for the same seed. */
export function generateFindings(seed: number, count: number): readonly Finding[] {
  return Array.from({ length: count }, (_unused, index) => findingOf(drawSituation(seed, index)));
}

/** The same findings as NDJSON lines, made one at a time: 100,000 of them need not be held as objects. */
export function generateFindingLines(seed: number, count: number): readonly string[] {
  return generateFindingLinesFrom(seed, 0, count);
}

/** Of those, `count` from the one with index `first`: files of gigabytes are written piece by piece. */
export function generateFindingLinesFrom(seed: number, first: number, count: number): readonly string[] {
  return Array.from({ length: count }, (_unused, index) =>
    JSON.stringify(findingOf(drawSituation(seed, first + index))),
  );
}

function findingOf(situation: Situation): Finding {
  const { account, region, severity, createdAt, updatedAt, random } = situation;
  const part = productPartOf(situation);
  const types = part.types ?? [STANDARD_TYPE];
  const original = part.originalSeverity ?? severity.label;
  const productArn = `arn:aws:securityhub:${region}::product/${part.productPath}`;
  return {
    SchemaVersion: '2018-10-08',
    Id: part.id,
    ProductArn: productArn,
    ProductName: situation.subject.product,
    CompanyName: part.company,
    Region: region,
    GeneratorId: part.generatorId,
    AwsAccountId: account,
    AwsAccountName: `account-${account.slice(-4)}`,
    Types: types,
    FirstObservedAt: createdAt,
    LastObservedAt: updatedAt,
    CreatedAt: createdAt,
    UpdatedAt: updatedAt,
    Severity: { Label: severity.label, Normalized: severity.normalized, Original: original },
    Title: part.title,
    Description: part.description,
    Remediation: { Recommendation: { Text: part.remediation, Url: part.url } },
    SourceUrl: part.url,
    ProductFields: {
      ...part.productFields,
      'aws/securityhub/FindingId': `${productArn}/${part.id}`,
      'aws/securityhub/ProductName': situation.subject.product,
      'aws/securityhub/CompanyName': part.company,
    },
    Resources: resourcesOf(situation),
    ...part.members,
    WorkflowState: 'NEW',
    ...handledBefore(situation, part),
    RecordState: 'ACTIVE',
    FindingProviderFields: { Severity: { Label: severity.label, Original: original }, Types: types },
    ProcessedAt: new Date(Date.parse(updatedAt) + 1_000 + random.int(60_000)).toISOString(),
  };
}

/** Most findings are untouched; people have worked on some, and their values have to be left alone. */
function handledBefore({ random, updatedAt }: Situation, { passed }: ProductPart) {
  if (passed) return { Workflow: { Status: 'RESOLVED' } };
  const dice = random.next();
  if (dice < 0.02) return { Workflow: { Status: 'SUPPRESSED' } };
  if (dice > 0.05) return { Workflow: { Status: 'NEW' } };
  const Note = {
    Text: 'Asked the owning team; waiting for their answer.',
    UpdatedBy: 'analyst@example.com',
    UpdatedAt: updatedAt,
  };
  return { Workflow: { Status: 'NOTIFIED' }, Note };
}

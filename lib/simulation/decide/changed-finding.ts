import type { Finding } from '../../findings/finding.ts';
import type { ChangedFinding, ChangeKind, ReportSeverity } from '../simulation-report.ts';
import type { DecidedFinding } from './decide-one.ts';
import { decidersOf } from './deciders.ts';

/** As long as ASFF lets a title be; a resource's id may be longer, and nobody reads it to its end. */
const MOST_CHARACTERS = 512;

/** The row of a finding that two rulesets leave differently. */
export function changedFinding(
  finding: Finding,
  change: ChangeKind,
  severity: ReportSeverity,
  base: DecidedFinding,
  changed: DecidedFinding,
): ChangedFinding {
  const [resource] = Array.isArray(finding.Resources) ? finding.Resources : [];
  return {
    Id: finding.Id,
    ProductArn: finding.ProductArn,
    AwsAccountId: textOf(finding.AwsAccountId),
    product: textOf(productOf(finding)),
    title: textOf(finding.Title),
    resource: textOf((resource as { readonly Id?: unknown } | null | undefined)?.Id),
    severity,
    change,
    before: { workflow: base.standing.workflow, severity: base.standing.severity },
    after: { workflow: changed.standing.workflow, severity: changed.standing.severity },
    rules: decidersOf(change, base, changed),
    day: dayOf(finding),
  };
}

/** Older findings tell it among the fields of the product, or in the ARN of the product alone. */
function productOf({ ProductName, ProductFields, ProductArn }: Finding): unknown {
  const fields = ProductFields as { readonly 'aws/securityhub/ProductName'?: unknown } | null | undefined;
  return ProductName ?? fields?.['aws/securityhub/ProductName'] ?? /:product\/(.+)$/.exec(ProductArn)?.[1];
}

/** The day of UpdatedAt in UTC; null where it says none. */
function dayOf({ UpdatedAt }: Finding): string | null {
  const instantMs = typeof UpdatedAt === 'string' ? Date.parse(UpdatedAt) : Number.NaN;
  return Number.isNaN(instantMs) ? null : new Date(instantMs).toISOString().slice(0, 10);
}

/** Cut between characters, never inside one. */
function textOf(value: unknown): string {
  if (typeof value !== 'string') return '';
  return value.length <= MOST_CHARACTERS ? value : `${value.slice(0, MOST_CHARACTERS).toWellFormed()}…`;
}

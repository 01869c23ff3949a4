import type { Finding } from '../../findings/finding.ts';
import type { ChangedFinding, ChangeKind, ReportSeverity } from '../simulation-report.ts';
import type { DecidedFinding } from './decide-one.ts';

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
  const rules = changed.ruled.decided.length > 0 ? changed.ruled.decided : base.ruled.decided;
  return {
    Id: finding.Id,
    ProductArn: finding.ProductArn,
    AwsAccountId: textOf(finding.AwsAccountId),
    product: textOf(finding.ProductName),
    title: textOf(finding.Title),
    resource: textOf((resource as { readonly Id?: unknown } | null | undefined)?.Id),
    severity,
    change,
    before: { workflow: base.standing.workflow, severity: base.standing.severity },
    after: { workflow: changed.standing.workflow, severity: changed.standing.severity },
    rules,
    day: dayOf(finding),
  };
}

/** The day of UpdatedAt in UTC; null where it says none. */
export function dayOf({ UpdatedAt }: Finding): string | null {
  const instantMs = typeof UpdatedAt === 'string' ? Date.parse(UpdatedAt) : Number.NaN;
  return Number.isNaN(instantMs) ? null : new Date(instantMs).toISOString().slice(0, 10);
}

/** Cut between characters, never inside one. */
function textOf(value: unknown): string {
  if (typeof value !== 'string') return '';
  return value.length <= MOST_CHARACTERS ? value : `${value.slice(0, MOST_CHARACTERS).toWellFormed()}…`;
}

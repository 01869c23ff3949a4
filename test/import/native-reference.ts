import type { Finding } from '../../lib/findings/finding.ts';
import { inside, labelOf, list, text, withUpdate } from './state.ts';

/** A native rule as the API prints it. */
export type NativeRule = {
  readonly RuleName: string;
  readonly RuleOrder: number;
  readonly RuleStatus?: string;
  readonly IsTerminal?: boolean;
  readonly Description?: string;
  readonly UpdatedAt?: string;
  readonly Criteria: Readonly<Record<string, readonly Filter[]>>;
  readonly Actions: readonly { readonly FindingFieldsUpdate: Readonly<Record<string, unknown>> }[];
};

type Filter = Readonly<Record<string, unknown>>;

/** What native rules make of a finding, by their documentation alone, and which of them acted. */
export function applyNative(
  rules: readonly NativeRule[],
  finding: Finding,
  nowMs: number,
): { readonly finding: Finding; readonly acted: readonly NativeRule[] } {
  const inOrder = [...rules]
    .filter((rule) => rule.RuleStatus !== 'DISABLED')
    .sort((a, b) => a.RuleOrder - b.RuleOrder || (String(a.UpdatedAt) < String(b.UpdatedAt) ? -1 : 1));
  const acted: NativeRule[] = [];
  for (const rule of inOrder) {
    // Criteria are looked at on what the provider sent, not on what earlier rules made of it.
    if (!matchesNative(rule, finding, nowMs)) continue;
    acted.push(rule);
    if (rule.IsTerminal) break;
  }
  const after = acted.reduce((changed, rule) => withUpdate(changed, updateOf(rule)), finding);
  return { finding: after, acted };
}

function updateOf({ Actions }: NativeRule): Readonly<Record<string, unknown>> {
  const { Severity, ...rest } = Actions[0]?.FindingFieldsUpdate ?? {};
  return Severity === undefined ? rest : { ...rest, Severity: { Label: labelOf(Severity) } };
}

export function matchesNative({ Criteria }: NativeRule, finding: Finding, nowMs: number): boolean {
  return Object.entries(Criteria).every(([name, filters]) => {
    if (/^(ResourceTags|ResourceDetailsOther|UserDefinedFields)$/.test(name))
      return compares(filters, (filter) => mapValues(name, String(filter.Key), finding));
    if (name === 'Confidence' || name === 'Criticality')
      return filters.some((filter) => inBounds(finding[name], filter));
    if (name.endsWith('At')) return filters.some((filter) => inRange(name, finding, filter, nowMs));
    return compares(filters, () => textsOf(name, finding));
  });
}

/** Some of those that include, none of those that exclude. */
function compares(filters: readonly Filter[], valuesOf: (filter: Filter) => readonly string[]): boolean {
  let includes = 0;
  let included = false;
  for (const filter of filters) {
    const wanted = String(filter.Value);
    const values = valuesOf(filter);
    switch (filter.Comparison) {
      case 'EQUALS':
        includes += 1;
        included ||= values.includes(wanted);
        break;
      case 'PREFIX':
        includes += 1;
        included ||= values.some((value) => value.indexOf(wanted) === 0);
        break;
      case 'CONTAINS':
        includes += 1;
        included ||= values.some((value) => value.indexOf(wanted) >= 0);
        break;
      case 'NOT_EQUALS':
        if (values.includes(wanted)) return false;
        break;
      case 'PREFIX_NOT_EQUALS':
        if (values.some((value) => value.indexOf(wanted) === 0)) return false;
        break;
      case 'NOT_CONTAINS':
        if (values.some((value) => value.indexOf(wanted) >= 0)) return false;
        break;
      default:
        throw new Error(`No comparison: ${String(filter.Comparison)}`);
    }
  }
  return includes === 0 || included;
}

const RESOURCE_MEMBERS: Readonly<Record<string, string>> = {
  ResourceType: 'Type',
  ResourceId: 'Id',
  ResourcePartition: 'Partition',
  ResourceRegion: 'Region',
  ResourceApplicationArn: 'ApplicationArn',
  ResourceApplicationName: 'ApplicationName',
};

function textsOf(name: string, finding: Finding): readonly string[] {
  const member = RESOURCE_MEMBERS[name];
  if (member !== undefined)
    return strings(list(finding.Resources).map((resource) => inside(resource, member)));
  switch (name) {
    case 'Type':
      return strings(list(finding.Types)).filter((type) => type.trim() !== '');
    case 'SeverityLabel':
      return strings([labelOf(finding.Severity)]);
    case 'ComplianceStatus':
      return strings([inside(finding.Compliance, 'Status')]);
    case 'ComplianceSecurityControlId':
      return strings([inside(finding.Compliance, 'SecurityControlId')]);
    case 'ComplianceAssociatedStandardsId':
      return strings(
        list(inside(finding.Compliance, 'AssociatedStandards')).map((one) => inside(one, 'StandardsId')),
      );
    case 'VerificationState':
      return [text(finding.VerificationState) ?? 'UNKNOWN'];
    case 'WorkflowStatus':
      return [text(inside(finding.Workflow, 'Status')) ?? 'NEW'];
    case 'NoteText':
      return strings([inside(finding.Note, 'Text')]);
    case 'RelatedFindingsId':
      return strings(list(finding.RelatedFindings).map((one) => inside(one, 'Id')));
    case 'RelatedFindingsProductArn':
      return strings(list(finding.RelatedFindings).map((one) => inside(one, 'ProductArn')));
    default:
      return strings([finding[name]]);
  }
}

function mapValues(name: string, key: string, finding: Finding): readonly string[] {
  if (name === 'UserDefinedFields') return strings([text(inside(finding.UserDefinedFields, key))]);
  return strings(
    list(finding.Resources).map((resource) =>
      inside(
        name === 'ResourceTags' ? inside(resource, 'Tags') : inside(inside(resource, 'Details'), 'Other'),
        key,
      ),
    ),
  );
}

function inBounds(value: unknown, filter: Filter): boolean {
  if (typeof value !== 'number') return false;
  const { Eq, Gte, Lte, Gt, Lt } = filter as Readonly<Record<string, number>>;
  if (Eq !== undefined && value !== Eq) return false;
  if (Gte !== undefined && value < Gte) return false;
  if (Lte !== undefined && value > Lte) return false;
  return (Gt === undefined || value > Gt) && (Lt === undefined || value < Lt);
}

function inRange(name: string, finding: Finding, filter: Filter, nowMs: number): boolean {
  const value = name === 'NoteUpdatedAt' ? inside(finding.Note, 'UpdatedAt') : finding[name];
  const atMs = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(atMs)) return false;
  const days = filter.DateRange as { readonly Value: number; readonly Comparison?: string } | undefined;
  if (days !== undefined) {
    const limitMs = nowMs - days.Value * 24 * 3_600_000;
    return days.Comparison === 'OLDER_THAN' ? atMs < limitMs : atMs > limitMs;
  }
  const from = filter.Start === undefined ? Number.NEGATIVE_INFINITY : Date.parse(String(filter.Start));
  const to = filter.End === undefined ? Number.POSITIVE_INFINITY : Date.parse(String(filter.End));
  return from <= atMs && atMs <= to;
}

function strings(values: readonly unknown[]): readonly string[] {
  return values.filter((value): value is string => typeof value === 'string');
}

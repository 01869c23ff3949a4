import type { Finding, WorkflowStatus } from '../../findings/finding.ts';
import { isObject, type JsonObject, objectAt, textAt } from './json.ts';
import { asLabel, labelOf, normalizedOf } from './severity.ts';
import { PROVIDER_FIELDS, type StoredFinding } from './stored-finding.ts';

/**
 * The finding after its provider imported it, or undefined where the import is ignored because it is not newer.
 * What customers manage (Note, UserDefinedFields, VerificationState, Workflow) an import can set at creation only;
 * of the shared fields it changes the provider's own values, and the top level while no customer has set that field.
 * Undocumented and so chosen: members that an update leaves out stay as they are.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchimportfindings.html
 */
export function importFinding(
  stored: StoredFinding | undefined,
  incoming: Finding,
  options: { readonly at: string; readonly region: string },
): StoredFinding | undefined {
  if (stored !== undefined && !isNewer(incoming, stored.finding)) {
    return undefined;
  }
  const provided = {
    ...objectAt(stored?.finding, 'FindingProviderFields'),
    ...providerValues(incoming),
  };
  const customerSet = stored?.customerSet ?? new Set();
  const merged: Finding = {
    Region: options.region,
    RecordState: 'ACTIVE',
    ...(stored === undefined ? { Workflow: { Status: 'NEW' } } : {}),
    ...stored?.finding,
    ...(stored === undefined ? incoming : withoutCustomerFields(incoming)),
    ...topLevel(provided, stored?.finding, customerSet),
    ...(Object.keys(provided).length > 0 && { FindingProviderFields: provided }),
    ProcessedAt: options.at,
  };
  return { finding: withServiceWorkflow(stored?.finding, merged), customerSet };
}

function isNewer(incoming: Finding, stored: Finding): boolean {
  const storedAt = Date.parse(textAt(stored, 'UpdatedAt') ?? '');
  return Number.isNaN(storedAt) || Date.parse(textAt(incoming, 'UpdatedAt') ?? '') > storedAt;
}

function withoutCustomerFields(incoming: Finding): Finding {
  const { Note: _, UserDefinedFields: __, VerificationState: ___, Workflow: ____, ...rest } = incoming;
  return rest;
}

/** FindingProviderFields as the provider means them: those given, else the top-level attributes moved there. */
function providerValues(incoming: Finding): JsonObject {
  const given = objectAt(incoming, 'FindingProviderFields');
  const values: Record<string, unknown> = {};
  for (const field of PROVIDER_FIELDS) {
    const own = given[field] ?? undefined;
    const moved = own === undefined && field === 'Severity' ? providerSeverity(incoming) : incoming[field];
    const value = own ?? moved ?? undefined;
    if (value !== undefined) {
      values[field] = value;
    }
  }
  return values;
}

function providerSeverity(incoming: Finding): JsonObject | undefined {
  const { Label, Normalized, Original } = objectAt(incoming, 'Severity');
  const label = asLabel(Label) ?? (typeof Normalized === 'number' ? labelOf(Normalized) : undefined);
  const severity = {
    ...(label !== undefined && { Label: label }),
    ...(typeof Original === 'string' && { Original }),
  };
  return Object.keys(severity).length > 0 ? severity : undefined;
}

function topLevel(
  provided: JsonObject,
  stored: Finding | undefined,
  customerSet: ReadonlySet<string>,
): JsonObject {
  const values: Record<string, unknown> = {};
  for (const field of PROVIDER_FIELDS) {
    const value = customerSet.has(field) ? stored?.[field] : provided[field];
    if (value !== undefined) {
      values[field] = field === 'Severity' && !customerSet.has(field) ? fullSeverity(value) : value;
    }
  }
  return values;
}

function fullSeverity(severity: unknown): unknown {
  const label = asLabel(isObject(severity) ? severity.Label : undefined);
  return isObject(severity) && label !== undefined
    ? { ...severity, Normalized: normalizedOf(label) }
    : severity;
}

/** https://docs.aws.amazon.com/securityhub/latest/userguide/finding-workflow-status.html */
function withServiceWorkflow(before: Finding | undefined, after: Finding): Finding {
  const status = textAt(after.Workflow, 'Status') ?? 'NEW';
  const next = serviceStatus(before, after, status);
  return next === status ? after : { ...after, Workflow: { Status: next } };
}

function serviceStatus(before: Finding | undefined, after: Finding, status: string): WorkflowStatus | string {
  if (status === 'SUPPRESSED') {
    return status;
  }
  const compliance = textAt(after.Compliance, 'Status');
  if (compliance === 'PASSED' && /:product\/aws\/securityhub$/.test(after.ProductArn)) {
    return 'RESOLVED';
  }
  const reactivated = before?.RecordState === 'ARCHIVED' && after.RecordState === 'ACTIVE';
  const failedAgain =
    textAt(before?.Compliance, 'Status') === 'PASSED' &&
    ['WARNING', 'FAILED', 'NOT_AVAILABLE'].includes(compliance ?? '');
  return reactivated || failedAgain ? 'NEW' : status;
}

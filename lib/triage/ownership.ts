import type { Finding, FindingIdentifier } from '../findings/finding.ts';
import type { HeldBy } from './decision.ts';
import {
  currentValue,
  type FieldName,
  type FieldValue,
  hasProviderFields,
  KEY_PREFIX,
  LIST_FIELDS,
  markForm,
  providerValue,
  REST_VALUES,
  sameValue,
} from './field.ts';
import type { Before, Mark } from './mark.ts';

/** Where one field of a finding stands between the product, the provider and people. */
export interface Standing {
  readonly field: FieldName;
  readonly current: FieldValue | undefined;
  /** The value had the product never touched the finding: what rules read, and what a withdrawal goes back to. */
  readonly base: FieldValue | undefined;
  /** `ours`: the mark says so. `free`: nobody set it. `other`: someone else did, and it is respected. */
  readonly owner: 'ours' | 'free' | 'other';
  readonly entry: string | number | undefined;
  readonly was: Before | undefined;
}

/** Tells who a field belongs to. The first case that fits decides. */
export function standingOf(finding: Finding, field: FieldName, mark: Mark): Standing {
  const current = currentValue(finding, field);
  const entry = mark.entries.get(field);
  const was = mark.was.get(field);
  if (current !== undefined && markForm(field, current) === entry) {
    const base = baseOfOurs(finding, field, current, was);
    return { field, current, base, owner: 'ours', entry, was };
  }
  const free = entry === undefined ? isUntouched(finding, field, current) : isReopened(field, entry, current);
  return { field, current, base: current, owner: free ? 'free' : 'other', entry, was };
}

/** Whom a held value is counted under. */
export function holderOf(finding: Finding, { field, current, entry }: Standing): HeldBy {
  if (field === 'Severity' && entry === undefined) return 'nativeRule';
  const compliance = finding.Compliance as { readonly Status?: unknown } | null | undefined;
  if (field === 'Workflow' && current === 'RESOLVED' && compliance?.Status === 'PASSED') return 'service';
  return 'person';
}

/**
 * What must be remembered of the value about to be replaced, so that it can still be read and gone back to:
 * nothing where FindingProviderFields or the rest value says it, the count of leading items for lists.
 */
export function wasToRemember(finding: Finding, { field, base, owner, was }: Standing): Before | undefined {
  if (owner === 'ours') return was;
  if (field === 'Note' || field.startsWith(KEY_PREFIX)) return undefined;
  if (sameValue(base, REST_VALUES[field] ?? providerValue(finding, field))) return undefined;
  if (LIST_FIELDS.includes(field)) return Array.isArray(base) ? base.length : 0;
  return (base as string | number | undefined) ?? null;
}

function baseOfOurs(
  finding: Finding,
  field: FieldName,
  current: FieldValue,
  was: Before | undefined,
): FieldValue | undefined {
  if (was === undefined) return REST_VALUES[field] ?? providerValue(finding, field);
  if (was === null) return undefined;
  if (!LIST_FIELDS.includes(field)) return was;
  const leading = (current as readonly string[] | readonly FindingIdentifier[]).slice(0, Number(was));
  return leading.length === 0 ? undefined : leading;
}

function isUntouched(finding: Finding, field: FieldName, current: FieldValue | undefined): boolean {
  const rest = REST_VALUES[field];
  if (rest !== undefined) return current === rest;
  if (field === 'Note' || field.startsWith(KEY_PREFIX)) return current === undefined;
  // Old findings have no FindingProviderFields: their top level is the provider's own.
  return !hasProviderFields(finding) || sameValue(current, providerValue(finding, field));
}

/**
 * The service itself puts NOTIFIED and RESOLVED back to NEW, but never SUPPRESSED:
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_WorkflowUpdate.html
 */
function isReopened(field: FieldName, entry: string | number, current: FieldValue | undefined): boolean {
  return field === 'Workflow' && current === 'NEW' && (entry === 'NOTIFIED' || entry === 'RESOLVED');
}

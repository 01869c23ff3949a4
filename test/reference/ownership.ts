import { type Finding, SEVERITY_LABELS, type SeverityLabel } from '../../lib/findings/finding.ts';
import {
  currentValue,
  type FieldName,
  type FieldValue,
  fingerprint,
  isScore,
  keyOfField,
  providerValue,
  sameValue,
} from './fields.ts';
import type { Mark } from './mark.ts';
import { isObject } from './values.ts';

/** Whose a field is: ours to change, nobody's yet, or someone else's. */
export type Standing = 'ours' | 'free' | 'other';

export const WITHDRAWN_NOTE = 'Withdrawn: no triage rule decides this note any more.';

/** Judges one field by its mark entry, its value and the provider's. */
export function standing(finding: Finding, mark: Mark, field: FieldName): Standing {
  const entry = mark.entries.get(field);
  const current = currentValue(finding, field);
  if (entry !== undefined && current !== undefined && fingerprint(field, current) === entry) return 'ours';
  const notifiedOrResolved = entry === 'NOTIFIED' || entry === 'RESOLVED';
  if (field === 'Workflow' && notifiedOrResolved && current === 'NEW') return 'free';
  return entry === undefined && isUntouched(finding, field) ? 'free' : 'other';
}

/** What a withdrawn field of ours goes back to; undefined where it stays as it is. */
export function withdrawnValue(finding: Finding, mark: Mark, field: FieldName): FieldValue | undefined {
  const provider = providerValue(finding, field);
  if (keyOfField(field) !== undefined) return undefined;
  if (field === 'Note') return WITHDRAWN_NOTE;
  if (field === 'VerificationState') return 'UNKNOWN';
  if (field === 'Workflow') {
    const compliance = isObject(finding.Compliance) ? finding.Compliance.Status : undefined;
    return compliance === 'PASSED' || finding.RecordState === 'ARCHIVED' ? undefined : 'NEW';
  }
  if (field === 'Severity') return withdrawnSeverity(finding, mark.was.get(field), provider);
  const before = valueBeforeUs(finding, mark, field);
  return typeof before === 'object' || isScore(before) ? before : undefined;
}

/** Never below the provider's, and without one never below what stands. */
function withdrawnSeverity(
  finding: Finding,
  was: unknown,
  provider: FieldValue | undefined,
): FieldValue | undefined {
  const before = rank(was) >= 0 ? (was as FieldValue) : undefined;
  if (rank(provider) >= 0) return rank(before) > rank(provider) ? before : provider;
  return rank(before) >= rank(currentValue(finding, 'Severity')) ? before : undefined;
}

/** What the view shows of a field of ours: the overwritten value, else the provider's, else nothing. */
export function valueBeforeUs(finding: Finding, mark: Mark, field: FieldName): FieldValue | undefined {
  const was = mark.was.get(field);
  const current = currentValue(finding, field);
  if (was === undefined) return providerValue(finding, field);
  if (was === null || was === 0) return Array.isArray(current) || was === null ? undefined : was;
  return Array.isArray(current) ? current.slice(0, Number(was)) : was;
}

/** What must be remembered of the view's value before it is written over; undefined where it can be recovered. */
export function toRemember(
  finding: Finding,
  field: FieldName,
  viewed: FieldValue | undefined,
): string | number | null | undefined {
  if (field === 'Note' || keyOfField(field) !== undefined) return undefined;
  if (field === 'Workflow') return viewed === 'NEW' ? undefined : String(viewed);
  if (field === 'VerificationState') return viewed === 'UNKNOWN' ? undefined : String(viewed);
  if (sameValue(viewed, providerValue(finding, field))) return undefined;
  if (viewed === undefined) return field === 'Types' || field === 'RelatedFindings' ? 0 : null;
  return typeof viewed === 'object' ? viewed.length : viewed;
}

/** Position in the order of severity; lower than all labels for what is none. */
export function rank(label: unknown): number {
  return SEVERITY_LABELS.indexOf(label as SeverityLabel);
}

function isUntouched(finding: Finding, field: FieldName): boolean {
  const current = currentValue(finding, field);
  if (field === 'Workflow') return current === 'NEW';
  if (field === 'VerificationState') return current === 'UNKNOWN';
  if (field === 'Note' || keyOfField(field) !== undefined) return current === undefined;
  return !isObject(finding.FindingProviderFields) || sameValue(current, providerValue(finding, field));
}

import type { Finding } from '../../lib/findings/finding.ts';
import type { TriageConfig } from '../../lib/rules/ruleset.ts';
import { normalizedOf } from './apply-update.ts';
import {
  currentValue,
  type FieldName,
  type FieldValue,
  fieldOfKey,
  TOP_FIELDS,
  userDefined,
} from './fields.ts';
import type { Mark } from './mark.ts';
import { standing, valueBeforeUs } from './ownership.ts';
import { isObject } from './values.ts';

/** The finding as it would stand had the product never touched it: what rules read. */
export function viewOf(finding: Finding, mark: Mark, config: TriageConfig): Finding {
  const view: Record<string, unknown> = { ...finding };
  delete view.WorkflowState;
  for (const field of TOP_FIELDS) show(view, finding, field, viewedValue(finding, mark, field));
  const keys = [...userDefined(finding)].filter(
    ([key]) => !isInstanceKey(key, config) && standing(finding, mark, fieldOfKey(key)) !== 'ours',
  );
  set(view, 'UserDefinedFields', keys.length === 0 ? undefined : Object.fromEntries(keys));
  return view as Finding;
}

/** What the view shows of one field: what stands there, unless it is ours. */
export function viewedValue(finding: Finding, mark: Mark, field: FieldName): FieldValue | undefined {
  if (standing(finding, mark, field) !== 'ours') return currentValue(finding, field);
  if (field === 'Workflow') return mark.was.get(field) ?? 'NEW';
  if (field === 'VerificationState') return mark.was.get(field) ?? 'UNKNOWN';
  return valueBeforeUs(finding, mark, field);
}

/** True for the three user-defined keys of this instance and of those it succeeds. */
export function isInstanceKey(key: string, config: TriageConfig): boolean {
  return [config.prefix, ...config.succeeds].some((prefix) =>
    ['Rules', 'Set', 'Hold'].some((end) => key === `${prefix}${end}`),
  );
}

function show(
  view: Record<string, unknown>,
  finding: Finding,
  field: FieldName,
  value: FieldValue | undefined,
): void {
  if (field === 'Workflow') set(view, field, { Status: value });
  else if (field === 'Severity') set(view, field, viewedSeverity(finding, value));
  else if (field === 'Note') set(view, field, value === undefined ? undefined : finding.Note);
  else set(view, field, value);
}

function viewedSeverity(finding: Finding, label: FieldValue | undefined): unknown {
  const provided = isObject(finding.FindingProviderFields)
    ? finding.FindingProviderFields.Severity
    : undefined;
  const originals = [provided, finding.Severity].map((one) => (isObject(one) ? one.Original : undefined));
  const original = originals.find((one) => typeof one === 'string');
  const severity = {
    ...(label === undefined ? {} : { Label: label, Normalized: normalizedOf(String(label)) }),
    ...(original === undefined ? {} : { Original: original }),
  };
  return Object.keys(severity).length === 0 ? undefined : severity;
}

function set(view: Record<string, unknown>, member: string, value: unknown): void {
  if (value === undefined) delete view[member];
  else view[member] = value;
}

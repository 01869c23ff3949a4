import type { Finding, FindingIdentifier } from '../../lib/findings/finding.ts';
import type { FindingUpdate } from '../../lib/findings/update.ts';
import { type FieldName, type FieldValue, keyOfField, userDefined } from './fields.ts';
import { isObject } from './values.ts';

const normalizedByLabel: Readonly<Record<string, number>> = {
  INFORMATIONAL: 0,
  LOW: 1,
  MEDIUM: 40,
  HIGH: 70,
  CRITICAL: 90,
};

/** The Normalized that Security Hub sets beside a label. */
export function normalizedOf(label: string): number | undefined {
  return normalizedByLabel[label];
}

/** The finding as Security Hub holds it after BatchUpdateFindings: maps and lists replaced, Severity re-normalized. */
export function applyUpdate(finding: Finding, update: FindingUpdate | null): Finding {
  if (update === null) return finding;
  const { Severity, ...verbatim } = update;
  if (Severity === undefined) return { ...finding, ...verbatim };
  const before = isObject(finding.Severity) ? finding.Severity : {};
  const after = { ...before, Label: Severity.Label, Normalized: normalizedOf(Severity.Label) };
  return { ...finding, ...verbatim, Severity: after };
}

/** The request that brings these values onto a finding; user-defined fields as the full map, as the API replaces it. */
export function updateOf(
  finding: Finding,
  values: ReadonlyMap<FieldName, FieldValue>,
  updatedBy: string,
): FindingUpdate {
  const update: Record<string, unknown> = {};
  const map = new Map(userDefined(finding));
  for (const [field, value] of values) {
    const key = keyOfField(field);
    if (key !== undefined) map.set(key, String(value));
    else if (field === 'Workflow') update.Workflow = { Status: value };
    else if (field === 'Severity') update.Severity = { Label: value };
    else if (field === 'Note') update.Note = { Text: value, UpdatedBy: updatedBy };
    else if (field === 'RelatedFindings') update.RelatedFindings = identifiers(value);
    else update[field] = value;
  }
  if ([...values.keys()].some((field) => keyOfField(field) !== undefined)) {
    update.UserDefinedFields = Object.fromEntries(map);
  }
  return update as FindingUpdate;
}

function identifiers(value: FieldValue): readonly FindingIdentifier[] {
  return Array.isArray(value) ? value.filter((item): item is FindingIdentifier => isObject(item)) : [];
}

import { hash as digest } from 'node:crypto';
import type { Finding, FindingIdentifier } from '../../lib/findings/finding.ts';
import { distinct, isObject, isText, type JsonObject } from './values.ts';

/** A member of BatchUpdateFindings, or `UserDefinedFields.<key>`. */
export type FieldName = string;
export type FieldValue = string | number | readonly string[] | readonly FindingIdentifier[];

/** The members other than user-defined fields, in the order in which they are reported. */
export const TOP_FIELDS: readonly FieldName[] = [
  'Workflow',
  'Severity',
  'VerificationState',
  'Confidence',
  'Criticality',
  'Types',
  'RelatedFindings',
  'Note',
];
const keyPrefix = 'UserDefinedFields.';

export function fieldOfKey(key: string): FieldName {
  return `${keyPrefix}${key}`;
}

/** The user-defined key a field name stands for; undefined for the other fields. */
export function keyOfField(field: FieldName): string | undefined {
  return field.startsWith(keyPrefix) ? field.slice(keyPrefix.length) : undefined;
}

/** What stands in a field now; ill-typed values count as absent, absent workflow and verification as the default. */
export function currentValue(finding: JsonObject, field: FieldName): FieldValue | undefined {
  const key = keyOfField(field);
  if (key !== undefined) return userDefined(finding).get(key);
  const value = finding[field];
  if (field === 'Workflow') return text(isObject(value) ? value.Status : undefined) ?? 'NEW';
  if (field === 'VerificationState') return text(value) ?? 'UNKNOWN';
  if (field === 'Severity') return severityLabel(value);
  if (field === 'Confidence' || field === 'Criticality') return typeof value === 'number' ? value : undefined;
  if (field === 'Note') return text(isObject(value) ? value.Text : undefined);
  const items = Array.isArray(value) ? value.flatMap((item) => wellFormed(field, item)) : [];
  return items.length === 0 ? undefined : (distinct(items, itemIdentity) as FieldValue);
}

/** What the provider itself says of a field, as far as the finding still tells it apart from later changes. */
export function providerValue(finding: Finding, field: FieldName): FieldValue | undefined {
  const provided = finding.FindingProviderFields;
  const told = ['Severity', 'Types', 'Confidence', 'Criticality', 'RelatedFindings'].includes(field);
  return told && isObject(provided) ? currentValue(provided, field) : undefined;
}

/** The user-defined fields that count: text values; others are dropped by every update, so they are absent. */
export function userDefined(finding: JsonObject): ReadonlyMap<string, string> {
  const fields = isObject(finding.UserDefinedFields) ? finding.UserDefinedFields : {};
  return new Map(Object.entries(fields).filter((entry): entry is [string, string] => isText(entry[1])));
}

/** Equality of two values of one field; lists are equal as sets. */
export function sameValue(one: FieldValue | undefined, other: FieldValue | undefined): boolean {
  if (Array.isArray(one) && Array.isArray(other)) return canonicalList(one) === canonicalList(other);
  return one === other;
}

/** What the mark holds for a value: short values as they are, notes, lists and user-defined values hashed. */
export function fingerprint(field: FieldName, value: FieldValue): string | number {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return hash(canonicalList(value));
  return field === 'Note' || keyOfField(field) !== undefined ? hash(value) : value;
}

/** What tells two items of a list apart: the type itself, or ProductArn and Id. */
export function itemIdentity(item: string | FindingIdentifier): string {
  return typeof item === 'string' ? item : `${item.ProductArn}\n${item.Id}`;
}

/** The label, read from Label or else from Normalized; undefined where neither can be read. */
export function severityLabel(severity: unknown): string | undefined {
  if (!isObject(severity)) return undefined;
  const label = text(severity.Label);
  const normalized = severity.Normalized;
  if (label !== undefined || typeof normalized !== 'number') return label;
  if (normalized >= 90) return 'CRITICAL';
  if (normalized >= 70) return 'HIGH';
  if (normalized >= 40) return 'MEDIUM';
  return normalized >= 1 ? 'LOW' : 'INFORMATIONAL';
}

/** A score the API accepts: a whole number from 0 to 100. */
export function isScore(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 100;
}

function text(value: unknown): string | undefined {
  return isText(value) ? value : undefined;
}

function wellFormed(field: FieldName, item: unknown): readonly (string | FindingIdentifier)[] {
  if (field === 'Types') return isText(item) ? [item] : [];
  if (!isObject(item) || !isText(item.ProductArn) || !isText(item.Id)) return [];
  return [{ ProductArn: item.ProductArn, Id: item.Id }];
}

function canonicalList(list: readonly (string | FindingIdentifier)[]): string {
  return JSON.stringify([...new Set(list.map(itemIdentity))].sort());
}

function hash(text: string): string {
  return digest('sha256', text, 'hex').slice(0, 8);
}

import {
  type Finding,
  type FindingIdentifier,
  SEVERITY_LABELS,
  type SeverityLabel,
} from '../findings/finding.ts';
import { UPDATABLE_FIELDS, type UpdatableField } from '../findings/update.ts';
import { hashOf } from './hash.ts';

/** A field that ownership is kept for: one of the eight plain members, or `UserDefinedFields.<key>`. */
export type FieldName = string;

/** A field's value in the form in which it is compared: labels, statuses, texts, numbers, distinct lists. */
export type FieldValue = string | number | readonly string[] | readonly FindingIdentifier[];

export const KEY_PREFIX = 'UserDefinedFields.';

/** The members with one value of their own, in the order of the mark; user-defined fields are kept by key. */
export const PLAIN_FIELDS: readonly UpdatableField[] = UPDATABLE_FIELDS.filter(
  (field) => field !== 'UserDefinedFields',
);

export const LIST_FIELDS: readonly FieldName[] = ['Types', 'RelatedFindings'];

/** What a field that nobody touched holds where the provider has no say. */
export const REST_VALUES: Readonly<Record<FieldName, string>> = {
  Workflow: 'NEW',
  VerificationState: 'UNKNOWN',
};

/** Normalized severity by label: https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Severity.html */
export const NORMALIZED_BY_LABEL: Readonly<Record<SeverityLabel, number>> = {
  INFORMATIONAL: 0,
  LOW: 1,
  MEDIUM: 40,
  HIGH: 70,
  CRITICAL: 90,
};

/** The value that stands on the finding now; undefined where it is absent or not of its type. */
export function currentValue(finding: Finding, field: FieldName): FieldValue | undefined {
  if (field.startsWith(KEY_PREFIX)) return userDefinedFieldsOf(finding).get(field.slice(KEY_PREFIX.length));
  switch (field) {
    case 'Workflow':
      return textOf(member(finding.Workflow, 'Status')) ?? REST_VALUES.Workflow;
    case 'VerificationState':
      return textOf(finding.VerificationState) ?? REST_VALUES.VerificationState;
    case 'Note':
      return textOf(member(finding.Note, 'Text'));
    default:
      return providedValue(finding, field);
  }
}

/** The provider's own value in FindingProviderFields: what our update to the top level does not change. */
export function providerValue(finding: Finding, field: FieldName): FieldValue | undefined {
  return providedValue(finding.FindingProviderFields, field);
}

/** Whether the finding says anywhere what the provider's own values are. */
export function hasProviderFields(finding: Finding): boolean {
  const fields = finding.FindingProviderFields;
  return fields !== null && typeof fields === 'object' && !Array.isArray(fields);
}

/** Whether providers set the field too, so that a value which nobody put on top may still change. */
export function isProvided(field: FieldName): boolean {
  return REST_VALUES[field] === undefined && field !== 'Note' && !field.startsWith(KEY_PREFIX);
}

/** The five members that FindingProviderFields repeats. */
function providedValue(holder: unknown, field: FieldName): FieldValue | undefined {
  switch (field) {
    case 'Severity':
      return labelOf(member(holder, 'Severity'));
    case 'Confidence':
    case 'Criticality': {
      const score = member(holder, field);
      return typeof score === 'number' ? score : undefined;
    }
    case 'Types':
      return distinct(listOf(member(holder, field)).filter(isNonBlank), (type) => type);
    case 'RelatedFindings':
      return distinct(listOf(member(holder, field)).flatMap(identifierOf), keyOfIdentifier);
    default:
      return undefined;
  }
}

const NO_FIELDS: ReadonlyMap<string, string> = new Map();

/** User-defined fields that could be sent again: text values with something in them. */
export function userDefinedFieldsOf(finding: Finding): ReadonlyMap<string, string> {
  const fields = finding.UserDefinedFields;
  if (fields === null || typeof fields !== 'object' || Array.isArray(fields)) return NO_FIELDS;
  return new Map(Object.entries(fields).filter((entry): entry is [string, string] => isNonBlank(entry[1])));
}

/** Equality as the service would see it: lists are compared as sets. */
export function sameValue(a: FieldValue | undefined, b: FieldValue | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return setText(a) === setText(b);
  return a === b;
}

/** How a value stands in the mark: short values verbatim, notes, lists and user-defined values as 8 hex digits. */
export function markForm(field: FieldName, value: FieldValue): string | number {
  if (Array.isArray(value)) return hashOf(setText(value));
  if (field === 'Note' || field.startsWith(KEY_PREFIX)) return hashOf(String(value));
  return value as string | number;
}

/** Appends what is new in `added`, keeping the order of first sight; `limit` items at most. */
export function appendDistinct(
  base: FieldValue | undefined,
  added: FieldValue,
  limit: number,
): readonly string[] | readonly FindingIdentifier[] {
  const items = [...((base ?? []) as readonly unknown[]), ...(added as readonly unknown[])];
  const all = items.every((item) => typeof item === 'string')
    ? distinct(items as string[], (type) => type)
    : distinct(items as FindingIdentifier[], keyOfIdentifier);
  return (all ?? []).slice(0, limit) as readonly string[] | readonly FindingIdentifier[];
}

/** The place of a severity label from INFORMATIONAL (0) to CRITICAL (4); −1 for anything else. */
export function severityRank(label: FieldValue | undefined): number {
  return (SEVERITY_LABELS as readonly unknown[]).indexOf(label);
}

function labelOf(severity: unknown): string | undefined {
  const label = textOf(member(severity, 'Label'));
  if (label !== undefined) return label;
  const normalized = member(severity, 'Normalized');
  if (typeof normalized !== 'number') return undefined;
  // The service's own rule: 0, 1–39, 40–69, 70–89, 90–100.
  if (normalized < 1) return 'INFORMATIONAL';
  if (normalized < 40) return 'LOW';
  if (normalized < 70) return 'MEDIUM';
  return normalized < 90 ? 'HIGH' : 'CRITICAL';
}

function setText(list: readonly unknown[]): string {
  return JSON.stringify(
    list.map((item) => (typeof item === 'string' ? item : keyOfIdentifier(item as FindingIdentifier))).sort(),
  );
}

function keyOfIdentifier({ Id, ProductArn }: FindingIdentifier): string {
  return `${ProductArn}\n${Id}`;
}

function identifierOf(item: unknown): readonly FindingIdentifier[] {
  const Id = member(item, 'Id');
  const ProductArn = member(item, 'ProductArn');
  return isNonBlank(Id) && isNonBlank(ProductArn) ? [{ Id, ProductArn }] : [];
}

function distinct<T>(items: readonly T[], key: (item: T) => string): readonly T[] | undefined {
  const byKey = new Map(items.map((item) => [key(item), item] as const));
  return byKey.size === 0 ? undefined : [...byKey.values()];
}

function member(holder: unknown, name: string): unknown {
  if (holder === null || typeof holder !== 'object' || !Object.hasOwn(holder, name)) return undefined;
  return (holder as Record<string, unknown>)[name];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string | undefined {
  return isNonBlank(value) ? value : undefined;
}

/** The API's NonEmptyString: something that is not white space. */
function isNonBlank(value: unknown): value is string {
  if (typeof value !== 'string') return false;
  // Nearly all begin with a letter; expressions take longer to say so.
  const first = value.charCodeAt(0);
  return (first > 0x20 && first < 0x7f) || /\S/.test(value);
}

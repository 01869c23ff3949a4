import type { Finding } from '../../lib/findings/finding.ts';
import type { TriageConfig } from '../../lib/rules/ruleset.ts';
import { type FieldName, fieldOfKey, keyOfField, TOP_FIELDS, userDefined } from './fields.ts';
import { isObject, type JsonObject } from './values.ts';

type Scalar = string | number;

/** What the product wrote on a finding, by field, and what it overwrote. */
export interface Mark {
  readonly entries: ReadonlyMap<FieldName, Scalar>;
  /** `null`: nothing stood on top although the provider has a value. */
  readonly was: ReadonlyMap<FieldName, Scalar | null>;
}

/** The entry of a field that a person set by a custom action and that nothing else would tell from an untouched one. */
export const PERSONS = '*';

export const NO_MARK: Mark = { entries: new Map(), was: new Map() };

/** The mark read as ours: the instance's own, else the first succeeded one's; undefined where there is none. */
export function readMark(finding: Finding, config: TriageConfig): Mark | 'unknownVersion' | undefined {
  for (const prefix of [config.prefix, ...config.succeeds]) {
    const mark = parseMark(userDefined(finding).get(`${prefix}Set`));
    if (mark !== undefined) return mark.v === 1 ? fromJson(mark) : 'unknownVersion';
  }
  return undefined;
}

/** True when another enforcing instance, one that we do not succeed, has marked the finding. */
export function hasForeignMark(finding: Finding, config: TriageConfig): boolean {
  const ours = [config.prefix, ...config.succeeds].map((prefix) => `${prefix}Set`);
  return [...userDefined(finding)].some(
    ([key, value]) => key.endsWith('Set') && !ours.includes(key) && parseMark(value) !== undefined,
  );
}

/** The mark without these fields: they are no longer ours. */
export function withoutFields(mark: Mark, fields: readonly FieldName[]): Mark {
  const keep = ([field]: readonly [FieldName, unknown]) => !fields.includes(field);
  return { entries: new Map([...mark.entries].filter(keep)), was: new Map([...mark.was].filter(keep)) };
}

/** The JSON text of a mark, members in the order that the format fixes, absent ones left out. */
export function writeMark(mark: Mark, off: readonly FieldName[]): string {
  const keys = [...mark.entries.keys()].flatMap((field) => keyOfField(field) ?? []).sort();
  const members = [
    '"v":1',
    ...membersOf(mark.entries),
    ...block(
      'UserDefinedFields',
      keys.map((key) => member(key, mark.entries.get(fieldOfKey(key)))),
    ),
    ...block('was', membersOf(mark.was)),
    ...(off.length === 0 ? [] : [member('off', [...off].sort())]),
  ];
  return `{${members.join(',')}}`;
}

function parseMark(text: string | undefined): JsonObject | undefined {
  if (text === undefined) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return isObject(parsed) && typeof parsed.v === 'number' ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** Reads members of the right type only: a mark can be written by anyone. */
function fromJson(mark: JsonObject): Mark {
  const entries = new Map<FieldName, Scalar>();
  const was = new Map<FieldName, Scalar | null>();
  const keys = isObject(mark.UserDefinedFields) ? mark.UserDefinedFields : {};
  const before = isObject(mark.was) ? mark.was : {};
  for (const field of TOP_FIELDS) {
    const entry = mark[field];
    if (entry === PERSONS || (isScoreField(field) ? typeof entry === 'number' : typeof entry === 'string')) {
      entries.set(field, entry as Scalar);
    }
    const valueBefore = readWas(field, before[field]);
    if (valueBefore !== undefined) was.set(field, valueBefore);
  }
  for (const [key, entry] of Object.entries(keys)) {
    if (typeof entry === 'string') entries.set(fieldOfKey(key), entry);
  }
  return { entries, was };
}

/** What was remembered must be read back as it was written, odd values included. */
function readWas(field: FieldName, value: unknown): Scalar | null | undefined {
  if (value === null) return isScoreField(field) || field === 'Severity' ? null : undefined;
  if (isScoreField(field)) return typeof value === 'number' ? value : undefined;
  if (field === 'Types' || field === 'RelatedFindings') {
    return Number.isInteger(value) && Number(value) >= 0 ? Number(value) : undefined;
  }
  return typeof value === 'string' && field !== 'Note' ? value : undefined;
}

function isScoreField(field: FieldName): boolean {
  return field === 'Confidence' || field === 'Criticality';
}

function membersOf(values: ReadonlyMap<FieldName, Scalar | null>): readonly string[] {
  return TOP_FIELDS.filter((field) => values.has(field)).map((field) => member(field, values.get(field)));
}

function block(name: string, members: readonly string[]): readonly string[] {
  return members.length === 0 ? [] : [`${JSON.stringify(name)}:{${members.join(',')}}`];
}

function member(name: string, value: unknown): string {
  return `${JSON.stringify(name)}:${JSON.stringify(value)}`;
}

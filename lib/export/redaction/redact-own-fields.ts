import type { Finding } from '../../findings/finding.ts';
import { currentValue, KEY_PREFIX, LIST_FIELDS, markForm, PLAIN_FIELDS } from '../../triage/field.ts';
import { keysOf } from '../../triage/instance.ts';
import { looksLikeMark, PERSONS } from '../../triage/mark.ts';
import type { KeyedHash } from './keyed-hash.ts';
import type { Scrub } from './scrub.ts';

type Json = Readonly<Record<string, unknown>>;

/** How the texts that people and rules put on a finding are redacted. */
export interface OwnFieldRedaction {
  readonly hash: KeyedHash;
  /** For what a rule wrote: its words are in the rules folder, and only what it filled in may tell. */
  readonly ours: Scrub;
  /** For what anybody else wrote. */
  readonly others: (text: string) => string;
  /** For names of user-defined fields. */
  readonly key: Scrub;
}

/**
 * Redacts `Note` and `UserDefinedFields` of a finding whose other members are redacted already. Marks stay marks: what a
 * rule wrote stays its own afterwards, what a person changed stays the person's, so that a decision on the redacted
 * finding holds, withdraws and leaves alone what it would on the original.
 */
export function redactOwnFields(original: Finding, redacted: Finding, by: OwnFieldRedaction): Finding {
  const marks = marksOf(original);
  const isOurs = (field: string): boolean => marks.some(({ mark }) => isWritten(original, field, mark));
  const withNote = isObject(original.Note)
    ? { ...redacted, Note: redactNote(original.Note, isOurs('Note') ? by.ours : by.others) }
    : redacted;
  if (!isObject(original.UserDefinedFields)) return withNote;
  const fields = Object.entries(original.UserDefinedFields);
  const plain = fields.map(([key, value]) => {
    // Only texts are allowed here; what feeds put in their place is not looked into.
    if (typeof value === 'object') return [by.key(key), by.others(JSON.stringify(value))] as const;
    if (typeof value !== 'string') return [by.key(key), value] as const;
    return [by.key(key), redactField(key, value, isOurs(KEY_PREFIX + key), marks, by)] as const;
  });
  const known: Finding = { ...withNote, UserDefinedFields: Object.fromEntries(plain) };
  const marked = marks.map(({ key, mark }) => [
    by.key(key),
    JSON.stringify(redactMark(original, known, mark, by)),
  ]);
  return { ...known, UserDefinedFields: Object.fromEntries([...plain, ...marked]) };
}

interface FoundMark {
  readonly key: string;
  readonly prefix: string;
  readonly mark: Json;
}

function marksOf({ UserDefinedFields }: Finding): readonly FoundMark[] {
  return Object.entries(isObject(UserDefinedFields) ? UserDefinedFields : {}).flatMap(([key, value]) =>
    key.endsWith('Set') && typeof value === 'string' && looksLikeMark(value)
      ? [{ key, prefix: key.slice(0, -'Set'.length), mark: JSON.parse(value) as Json }]
      : [],
  );
}

function redactNote(note: Json, text: Scrub): Json {
  return Object.fromEntries(
    Object.entries(note).map(([member, value]) => [
      member,
      typeof value === 'string' && member !== 'UpdatedAt' ? text(value) : value,
    ]),
  );
}

function redactField(
  key: string,
  value: string,
  ours: boolean,
  marks: readonly FoundMark[],
  by: OwnFieldRedaction,
): string {
  const isRuleNames = ['triage', ...marks.map(({ prefix }) => prefix)].some(
    (prefix) => keysOf(prefix).rules === key,
  );
  if (isRuleNames) return by.key(value);
  if (ours) return by.ours(value);
  // Words that name nobody; a hold (`triageHold`) that is off must not become one that is on.
  return /^\s*(?:on|off|true|false|yes|no)\s*$/i.test(value) ? value : by.others(value);
}

/** Member by member: a mark repeats values of the finding, and those of later versions may repeat any. */
function redactMark(original: Finding, redacted: Finding, mark: Json, by: OwnFieldRedaction): Json {
  if (mark.v !== 1) return { v: mark.v };
  const entry = (field: string, redactedField: string, value: unknown): unknown => {
    const now = currentValue(redacted, redactedField);
    if (isWritten(original, field, mark) && now !== undefined) return markForm(redactedField, now);
    const hashed = field === 'Note' || field.startsWith(KEY_PREFIX) || LIST_FIELDS.includes(field);
    if (value === PERSONS || typeof value !== 'string') return value;
    return hashed ? by.hash('mark', value).toString('hex').slice(0, 8) : by.key(value);
  };
  const members = Object.entries(mark).flatMap(([name, value]) => {
    if (name === 'v') return [[name, value]];
    if ((PLAIN_FIELDS as readonly string[]).includes(name)) return [[name, entry(name, name, value)]];
    if (name === 'UserDefinedFields' && isObject(value))
      return [
        [
          name,
          mapEntries(value, (key, text) => [
            by.key(key),
            entry(KEY_PREFIX + key, KEY_PREFIX + by.key(key), text),
          ]),
        ],
      ];
    if (name === 'was' && isObject(value))
      return [
        [
          name,
          mapEntries(value, (field, text) => [by.key(field), typeof text === 'string' ? by.key(text) : text]),
        ],
      ];
    if (name === 'off' && Array.isArray(value))
      return [[name, value.map((field) => (typeof field === 'string' ? by.key(field) : field))]];
    return [];
  });
  return Object.fromEntries(members);
}

/** Whether the field still holds what the mark says was written. */
function isWritten(finding: Finding, field: string, mark: Json): boolean {
  const keys = isObject(mark.UserDefinedFields) ? mark.UserDefinedFields : {};
  const [holder, name] = field.startsWith(KEY_PREFIX)
    ? [keys, field.slice(KEY_PREFIX.length)]
    : [mark, field];
  const value = currentValue(finding, field);
  return value !== undefined && Object.hasOwn(holder, name) && holder[name] === markForm(field, value);
}

function mapEntries(
  object: Json,
  change: (name: string, value: unknown) => readonly [string, unknown],
): Json {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => change(name, value)));
}

function isObject(value: unknown): value is Json {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

import { type FieldName, KEY_PREFIX, LIST_FIELDS, PLAIN_FIELDS } from './field.ts';

/**
 * What the product wrote on a finding and what stood there before, kept on the finding itself in the user-defined
 * field `<prefix>Set`. The text format is version 1 and cannot change once deployed; unknown members are ignored.
 */
export interface Mark {
  /** By field the value last written, in mark form. */
  readonly entries: ReadonlyMap<FieldName, string | number>;
  /**
   * By field what a rule's value replaced, where FindingProviderFields does not hold it: the value itself, and for
   * lists the number of leading items that were there before.
   */
  readonly was: ReadonlyMap<FieldName, Before>;
}

/** `null`: nothing stood on top although the provider has a value. */
export type Before = string | number | null;

export type MarkReading =
  | { readonly kind: 'none' }
  | { readonly kind: 'mark'; readonly mark: Mark }
  /** Written by a later version of the product: what it means is unknown, so the finding is left alone. */
  | { readonly kind: 'unknownVersion' };

const SCORES: readonly FieldName[] = ['Confidence', 'Criticality'];

/** The entry of a field that a person set through a custom action: no value's mark form equals it. */
export const PERSONS = '*';

export const EMPTY_MARK: Mark = { entries: new Map(), was: new Map() };

/** Reads a mark. A broken text counts as none: what it claimed is then someone else's, which is the safe side. */
export function readMark(text: string | undefined): MarkReading {
  const content = text === undefined ? undefined : parseObject(text);
  if (content === undefined || typeof content.v !== 'number') return { kind: 'none' };
  if (content.v !== 1) return { kind: 'unknownVersion' };
  const keys = isObject(content.UserDefinedFields) ? Object.entries(content.UserDefinedFields) : [];
  return {
    kind: 'mark',
    mark: {
      entries: new Map([
        ...plainEntries(content, isShortEntry),
        ...keys.flatMap(([key, value]) => (isShort(value) ? [[KEY_PREFIX + key, value] as const] : [])),
      ]),
      was: new Map(isObject(content.was) ? plainEntries(content.was, isPossible) : []),
    },
  };
}

/** Writes a mark; the order of members is fixed, so that equal decisions make equal payloads. */
export function writeMark({ entries, was }: Mark, withdrawn: readonly FieldName[]): string {
  const content: Record<string, unknown> = { v: 1 };
  addInOrder(content, entries);
  const keys = [...entries.keys()].filter((field) => field.startsWith(KEY_PREFIX)).sort();
  if (keys.length > 0)
    content.UserDefinedFields = Object.fromEntries(
      keys.map((field) => [field.slice(KEY_PREFIX.length), entries.get(field)]),
    );
  if (was.size > 0) content.was = addInOrder({}, was);
  if (withdrawn.length > 0) content.off = [...withdrawn].sort();
  return JSON.stringify(content);
}

function addInOrder(content: Record<string, unknown>, values: ReadonlyMap<FieldName, Before>): object {
  for (const field of PLAIN_FIELDS) {
    const value = values.get(field);
    if (value !== undefined) content[field] = value;
  }
  return content;
}

/** Whether a user-defined value has the shape of a mark, whoever's it is. */
export function looksLikeMark(text: string): boolean {
  return readMark(text).kind !== 'none';
}

function plainEntries<T extends Before>(
  content: Record<string, unknown>,
  accepts: (field: FieldName, value: unknown) => value is T,
): readonly (readonly [FieldName, T])[] {
  return PLAIN_FIELDS.flatMap((field) => {
    const value = Object.hasOwn(content, field) ? content[field] : undefined;
    return accepts(field, value) ? [[field, value] as const] : [];
  });
}

/**
 * Whether a value can be what was remembered: a label, status or score as it stood, however odd, since what was
 * written must be read back; the count of a list's items; `null` where the provider alone has a value.
 */
function isPossible(field: FieldName, value: unknown): value is Before {
  if (value === null) return field === 'Severity' || SCORES.includes(field);
  if (SCORES.includes(field)) return typeof value === 'number';
  if (LIST_FIELDS.includes(field)) return Number.isInteger(value) && Number(value) >= 0;
  return typeof value === 'string' && field !== 'Note';
}

/** The object that a text is, such as a mark; undefined for any other text. */
export function parseObject(text: string): Record<string, unknown> | undefined {
  // Most user-defined values are plain words: do not ask JSON.parse to throw for each.
  if (!text.startsWith('{')) return undefined;
  try {
    // What starts like this and can be parsed is an object.
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function isShortEntry(_field: FieldName, value: unknown): value is string | number {
  return isShort(value);
}

function isShort(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

import type { Finding } from '../../../lib/findings/finding.ts';
import {
  currentValue,
  type FieldName,
  type FieldValue,
  fieldOfKey,
  sameValue,
  TOP_FIELDS,
  userDefined,
} from '../../reference/fields.ts';
import type { By, Snapshot } from '../ledger.ts';

/** Who last changed a field of a finding, when, and to what. */
export interface Touch {
  readonly by: By;
  readonly atMs: number;
  readonly value: FieldValue | undefined;
  /** The press that set it, where one did. */
  readonly press?: Snapshot | undefined;
}

/** The fields in which two states differ: what customers can set, user-defined fields by key. */
export function changedFields(before: Finding | null, after: Finding): readonly FieldName[] {
  const keys = new Set([
    ...(before === null ? [] : userDefined(before).keys()),
    ...userDefined(after).keys(),
  ]);
  const fields = [...TOP_FIELDS, ...[...keys].map(fieldOfKey)];
  return fields.filter(
    (field) =>
      !sameValue(before === null ? undefined : currentValue(before, field), currentValue(after, field)),
  );
}

/** By finding and field, the last touch. */
export function createTouches(): {
  readonly of: (key: string, field: FieldName) => Touch | undefined;
  readonly note: (key: string, field: FieldName, touch: Touch) => void;
} {
  const touches = new Map<string, Touch>();
  return {
    of: (key, field) => touches.get(`${key} ${field}`),
    note: (key, field, touch) => touches.set(`${key} ${field}`, touch),
  };
}

import type { Finding } from '../findings/finding.ts';
import {
  type FieldName,
  type FieldValue,
  KEY_PREFIX,
  NORMALIZED_BY_LABEL,
  userDefinedFieldsOf,
} from './field.ts';
import { type Mark, PERSONS } from './mark.ts';
import { standingOf } from './ownership.ts';

/** A finding after a person's act, with the mark as it reads then. */
export interface Acted {
  readonly finding: Finding;
  readonly mark: Mark;
}

/**
 * Puts what a custom action writes on the finding, as a person's act: the values stand as someone else's and their
 * entries leave the mark, so that what rules decide afterwards respects them like any other person's change. Where
 * the value could not be told from an untouched one, an entry that no value equals says whose it is.
 */
export function act(finding: Finding, mark: Mark, values: ReadonlyMap<FieldName, FieldValue>): Acted {
  const keys = [...values].filter(([field]) => field.startsWith(KEY_PREFIX));
  const plain = Object.fromEntries(
    [...values].flatMap(([field, value]) =>
      field.startsWith(KEY_PREFIX) ? [] : [[field, memberOf(finding, field, value)] as const],
    ),
  );
  const without = <T>(entries: ReadonlyMap<FieldName, T>) =>
    new Map([...entries].filter(([field]) => !values.has(field)));
  const left: Mark = { entries: without(mark.entries), was: without(mark.was) };
  const acted: Finding = {
    ...finding,
    ...plain,
    ...(keys.length > 0 && {
      UserDefinedFields: Object.fromEntries([
        ...userDefinedFieldsOf(finding),
        ...keys.map(([field, value]) => [field.slice(KEY_PREFIX.length), value] as const),
      ]),
    }),
  };
  const unclear = [...values.keys()].filter((field) => standingOf(acted, field, left).owner !== 'other');
  const entries = new Map([...left.entries, ...unclear.map((field) => [field, PERSONS] as const)]);
  return { finding: acted, mark: { ...left, entries } };
}

function memberOf(finding: Finding, field: FieldName, value: FieldValue): unknown {
  switch (field) {
    case 'Workflow':
      return { Status: value };
    case 'Severity':
      return {
        ...(finding.Severity as object | undefined),
        Label: value,
        Normalized: NORMALIZED_BY_LABEL[value as keyof typeof NORMALIZED_BY_LABEL],
      };
    case 'Note':
      return { Text: value };
    default:
      return value;
  }
}

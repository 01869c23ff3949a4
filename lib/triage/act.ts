import type { Finding } from '../findings/finding.ts';
import {
  type FieldName,
  type FieldValue,
  KEY_PREFIX,
  NORMALIZED_BY_LABEL,
  userDefinedFieldsOf,
} from './field.ts';
import type { Mark } from './mark.ts';

/** A finding after a person's act, with the mark as it reads then. */
export interface Acted {
  readonly finding: Finding;
  readonly mark: Mark;
}

/**
 * Puts what a custom action writes on the finding, as a person's act: the values stand as someone else's and their
 * entries leave the mark, so that what rules decide afterwards respects them like any other person's change.
 */
export function act(finding: Finding, mark: Mark, values: ReadonlyMap<FieldName, FieldValue>): Acted {
  const keys = [...values].filter(([field]) => field.startsWith(KEY_PREFIX));
  const plain = Object.fromEntries(
    [...values].flatMap(([field, value]) =>
      field.startsWith(KEY_PREFIX) ? [] : [[field, memberOf(finding, field, value)] as const],
    ),
  );
  const without = (entries: Mark['entries']) => new Map([...entries].filter(([field]) => !values.has(field)));
  return {
    finding: {
      ...finding,
      ...plain,
      ...(keys.length > 0 && {
        UserDefinedFields: Object.fromEntries([
          ...userDefinedFieldsOf(finding),
          ...keys.map(([field, value]) => [field.slice(KEY_PREFIX.length), value] as const),
        ]),
      }),
    },
    mark: { entries: without(mark.entries), was: without(mark.was) },
  };
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

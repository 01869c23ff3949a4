import { UPDATABLE_FIELDS } from '../../findings/update.ts';
import type { Remark } from '../remark.ts';

/** What differs for every native rule. */
export const GENERAL_REMARKS: readonly Remark[] = [
  {
    kind: 'differs',
    code: 'people-come-first',
    text: 'A native rule changes findings whatever they hold. Here a value that a person or another tool set stays as it is, and a note that would claim otherwise with it; "overwrite" in a rule changes that.',
    fields: UPDATABLE_FIELDS,
  },
  {
    kind: 'differs',
    code: 'notes-are-signed',
    text: 'Notes are signed by this product, not with the UpdatedBy of the native rule.',
  },
  {
    kind: 'differs',
    code: 'rules-are-taken-back',
    text: 'What a rule here decided is taken back once it no longer matches, is removed or expires. What a native rule wrote stays.',
  },
  {
    kind: 'assumed',
    code: 'missing-is-different',
    text: 'NOT_EQUALS and the like also match findings without the field; the documentation does not say so.',
  },
  {
    kind: 'review',
    code: 'switch-native-off',
    text: 'Native rules change findings before an event is sent. Disable each of them on the day its rule here enforces, so that a field has one owner.',
  },
];

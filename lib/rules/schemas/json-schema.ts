/**
 * A draft-07 schema. `errorMessage` is read by VS Code and by our own checks, `markdownDescription`,
 * `enumDescriptions` and `defaultSnippets` by editors alone.
 */
export type JsonSchema = Readonly<Record<string, unknown>>;

export const DRAFT = 'http://json-schema.org/draft-07/schema#';

/** Members that a schema's validator must let pass although the draft does not know them. */
export const EDITOR_KEYWORDS = ['errorMessage', 'markdownDescription', 'enumDescriptions', 'defaultSnippets'];

/** A text with at least one character that is not blank: the API's NonEmptyString. */
export const TEXT: JsonSchema = {
  type: 'string',
  pattern: '\\S',
  errorMessage: 'A text that is not blank is needed.',
};

/** A day that may still be no day of the calendar: a check of its own tells 30 February. */
export const DAY_PATTERN = '^\\d{4}-\\d{2}-\\d{2}$';

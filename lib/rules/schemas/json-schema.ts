/**
 * A draft-07 schema. `errorMessage` is read by VS Code and by our own checks; `patternErrorMessage`,
 * `markdownDescription`, `enumDescriptions` and `defaultSnippets` by editors alone:
 * https://code.visualstudio.com/docs/languages/json#_json-schemas-and-settings
 */
export type JsonSchema = Readonly<Record<string, unknown>>;

export const DRAFT = 'http://json-schema.org/draft-07/schema#';

/** Members that a schema's validator must let pass although the draft does not know them. */
export const EDITOR_KEYWORDS = [
  'errorMessage',
  'patternErrorMessage',
  'markdownDescription',
  'enumDescriptions',
  'defaultSnippets',
];

/** A text with at least one character that is not blank: the API's NonEmptyString. */
export const TEXT: JsonSchema = {
  type: 'string',
  pattern: '\\S',
  errorMessage: 'A text that is not blank is needed.',
};

/** A day that may still be no day of the calendar: a check of its own tells 30 February. */
export const DAY_PATTERN = '^\\d{4}-\\d{2}-\\d{2}$';

/** One of some texts, with what each of them means: editors show it beside the text. */
export function choice(meanings: Readonly<Record<string, string>>): JsonSchema {
  return { type: 'string', enum: Object.keys(meanings), enumDescriptions: Object.values(meanings) };
}

/** What the documentation of BatchUpdateFindings leaves open, each with the ways in which it can be read. */
export interface OpenReadings {
  /** Whether an update changes UpdatedAt, beside what it names. */
  readonly updatedAt: 'unchanged' | 'changed';
  /** Whether an empty list or map is taken as such, or refuses the call. */
  readonly emptyCollections: 'taken' | 'refused';
  /** What counts where a severity's label and number contradict each other. */
  readonly severityConflict: 'label' | 'normalized' | 'refused';
  /** What becomes of a call with more identifiers than the documented 100. */
  readonly tooManyIdentifiers: 'refused' | 'taken';
  /** Whether a value over its limit refuses the call, leaves each finding unprocessed, or is taken as a user-defined one. */
  readonly excessiveValues: 'callRefused' | 'findingUnprocessed' | 'taken';
  /** Whether the text of a note may have several lines. */
  readonly noteLines: 'many' | 'one';
  /** Whether automation rules act on an update as well, beside what providers import. */
  readonly automationRules: 'onImports' | 'onUpdatesToo';
  /** Members of an update that IAM gets no condition key for, as it would name them: `Types`, `Severity.Label`. */
  readonly withoutConditionKey: readonly string[];
  /** Whether a Deny of single values is heeded for those alone, or for every value of the member. */
  readonly deniedValues: 'named' | 'all';
}

/** What the account does unless a test says otherwise. */
export const CHOSEN_READINGS: OpenReadings = {
  updatedAt: 'unchanged',
  emptyCollections: 'taken',
  severityConflict: 'label',
  tooManyIdentifiers: 'refused',
  excessiveValues: 'callRefused',
  noteLines: 'many',
  automationRules: 'onImports',
  withoutConditionKey: [],
  deniedValues: 'named',
};

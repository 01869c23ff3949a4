import type { SeverityLabel, VerificationState, WorkflowStatus } from '../../findings/finding.ts';
import { UPDATE_LIMITS, type UpdatableField } from '../../findings/update.ts';
import { choice, type JsonSchema, TEXT } from './json-schema.ts';

/** Integers 0–100: https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindings.html */
const PERCENT: JsonSchema = { type: 'integer', minimum: 0, maximum: 100 };

const STATUSES: Readonly<Record<WorkflowStatus, string>> = {
  NEW: 'Nobody has looked at it yet.',
  NOTIFIED: 'Its owner was told.',
  RESOLVED: 'It is mended; Security Hub puts it back to NEW when it recurs.',
  SUPPRESSED: 'Hidden for good, also when it recurs. It needs a reason and an end.',
};

const LABELS: Readonly<Record<SeverityLabel, string>> = {
  INFORMATIONAL: 'No issue was found (Normalized 0).',
  LOW: 'Needs no action on its own (1 to 39).',
  MEDIUM: 'Must be dealt with, not urgently (40 to 69).',
  HIGH: 'Must be dealt with first (70 to 89).',
  CRITICAL: 'Must be dealt with at once (90 to 100).',
};

const STATES: Readonly<Record<VerificationState, string>> = {
  UNKNOWN: 'Nobody has judged it (the default).',
  TRUE_POSITIVE: 'It is an issue.',
  FALSE_POSITIVE: 'It is no issue: the provider is wrong.',
  BENIGN_POSITIVE: 'It is so, and does no harm.',
};

/** What a rule changes with each of the nine fields, in a sentence. */
export const FIELD_MEANINGS: Readonly<Record<UpdatableField, string>> = {
  Workflow: 'Where the finding stands in the work of people.',
  Severity: 'How bad it is; Security Hub derives the number from the label.',
  VerificationState: 'Whether it is an issue at all.',
  Confidence: 'How likely the finding is right, 0 to 100.',
  Criticality: 'How much its resources matter, 0 to 100.',
  Types: 'Types to add, as namespace/category/classifier.',
  RelatedFindings: 'Findings to link to.',
  Note: 'A text for readers; it replaces the note before it.',
  UserDefinedFields: 'Keys and values of your own; other keys stay.',
};

const only = (name: string, schema: JsonSchema, errorMessage: string): JsonSchema => ({
  type: 'object',
  properties: { [name]: { ...schema, markdownDescription: `\`${name}\` after the update.` } },
  required: [name],
  additionalProperties: false,
  errorMessage,
});

/** Lengths of the members of an identifier: https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFindingIdentifier.html */
const RELATED_FINDING: JsonSchema = {
  type: 'object',
  properties: {
    Id: { ...TEXT, maxLength: 512, markdownDescription: 'The `Id` of the other finding.' },
    ProductArn: {
      type: 'string',
      pattern: '^(arn:|\\{\\{)',
      maxLength: 2048,
      errorMessage: 'A ProductArn begins with "arn:".',
      markdownDescription: 'The `ProductArn` of the other finding.',
    },
  },
  required: ['Id', 'ProductArn'],
  additionalProperties: false,
};

const FIELDS: Readonly<Record<UpdatableField, JsonSchema>> = {
  Workflow: only('Status', choice(STATUSES), 'Workflow has one member, "Status".'),
  Severity: only(
    'Label',
    choice(LABELS),
    'Severity is set by "Label" alone; Security Hub derives Normalized from it.',
  ),
  VerificationState: choice(STATES),
  Confidence: PERCENT,
  Criticality: PERCENT,
  Types: { type: 'array', items: TEXT, minItems: 1, maxItems: UPDATE_LIMITS.types },
  RelatedFindings: {
    type: 'array',
    items: RELATED_FINDING,
    minItems: 1,
    maxItems: UPDATE_LIMITS.relatedFindings,
  },
  Note: only(
    'Text',
    { ...TEXT, maxLength: UPDATE_LIMITS.noteCharacters },
    'Note has one member, "Text"; UpdatedBy is set by the product.',
  ),
  UserDefinedFields: {
    type: 'object',
    minProperties: 1,
    maxProperties: UPDATE_LIMITS.userDefinedFields,
    propertyNames: {
      pattern: '\\S',
      maxLength: UPDATE_LIMITS.userDefinedKeyCharacters,
      errorMessage: `A key has 1 to ${UPDATE_LIMITS.userDefinedKeyCharacters} characters.`,
    },
    additionalProperties: { ...TEXT, maxLength: UPDATE_LIMITS.userDefinedValueCharacters },
  },
};

/** `event.params`: the nine members of BatchUpdateFindings, verbatim, within its documented limits. */
export const UPDATE_SCHEMA: JsonSchema = {
  type: 'object',
  properties: Object.fromEntries(
    Object.entries(FIELDS).map(([field, schema]) => [
      field,
      { ...schema, markdownDescription: FIELD_MEANINGS[field as UpdatableField] },
    ]),
  ),
  additionalProperties: false,
  markdownDescription: 'The members of BatchUpdateFindings that this rule writes.',
};

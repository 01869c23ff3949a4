import { SEVERITY_LABELS, VERIFICATION_STATES, WORKFLOW_STATUSES } from '../../findings/finding.ts';
import { UPDATE_LIMITS, type UpdatableField } from '../../findings/update.ts';
import { type JsonSchema, TEXT } from './json-schema.ts';

/** Integers 0–100: https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindings.html */
const PERCENT: JsonSchema = { type: 'integer', minimum: 0, maximum: 100 };

const only = (name: string, schema: JsonSchema, errorMessage: string): JsonSchema => ({
  type: 'object',
  properties: { [name]: schema },
  required: [name],
  additionalProperties: false,
  errorMessage,
});

/** Lengths of the members of an identifier: facts/aws.md §1 and §8. */
const RELATED_FINDING: JsonSchema = {
  type: 'object',
  properties: {
    Id: { ...TEXT, maxLength: 512 },
    ProductArn: {
      type: 'string',
      pattern: '^(arn:|\\{\\{)',
      maxLength: 2048,
      errorMessage: 'A ProductArn begins with "arn:".',
    },
  },
  required: ['Id', 'ProductArn'],
  additionalProperties: false,
};

const FIELDS: Readonly<Record<UpdatableField, JsonSchema>> = {
  Workflow: only('Status', { type: 'string', enum: WORKFLOW_STATUSES }, 'Workflow has one member, "Status".'),
  Severity: only(
    'Label',
    { type: 'string', enum: SEVERITY_LABELS },
    'Severity is set by "Label" alone; Security Hub derives Normalized from it.',
  ),
  VerificationState: { type: 'string', enum: VERIFICATION_STATES },
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
  properties: FIELDS,
  additionalProperties: false,
  markdownDescription: 'The members of BatchUpdateFindings that this rule writes.',
};

import { SEVERITY_LABELS, VERIFICATION_STATES, WORKFLOW_STATUSES } from '../findings/finding.ts';
import { UPDATE_LIMITS, type UpdatableField } from '../findings/update.ts';
import { DRAFT, type JsonSchema } from '../rules/schemas/json-schema.ts';
import type { FieldsBefore, FindingTriaged, TriagedEvent, TriagedFinding } from './finding-triaged.ts';

const text = (description: string): JsonSchema => ({ type: 'string', description });
const texts = (description: string): JsonSchema => ({
  type: 'array',
  items: { type: 'string' },
  description,
});
const oneOf = (values: readonly string[], description: string): JsonSchema => ({
  type: 'string',
  enum: [...values],
  description,
});
const flag = (description: string): JsonSchema => ({ type: 'boolean', description });

/** Members may be added: whoever reads an event passes over those that it does not know. */
const object = (
  properties: Readonly<Record<string, JsonSchema>>,
  required: readonly string[],
  description: string,
): JsonSchema => ({ type: 'object', properties, required, description });

/** Integers 0–100: https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindings.html */
const score = (description: string): JsonSchema => ({
  type: 'integer',
  minimum: 0,
  maximum: 100,
  description,
});

const IDENTIFIER = object(
  { Id: text('The Id of the other finding.'), ProductArn: text('The ProductArn of the other finding.') },
  ['Id', 'ProductArn'],
  'Another finding.',
);

const FIELDS: Readonly<Record<UpdatableField, JsonSchema>> = {
  Workflow: object(
    { Status: oneOf(WORKFLOW_STATUSES, 'The workflow status.') },
    ['Status'],
    'Where the finding stands in the work of people.',
  ),
  Severity: object({ Label: oneOf(SEVERITY_LABELS, 'The label.') }, ['Label'], 'How bad it is.'),
  VerificationState: oneOf(VERIFICATION_STATES, 'Whether it is an issue at all.'),
  Confidence: score('How likely the finding is right.'),
  Criticality: score('How much its resources matter.'),
  Types: { ...texts('All types, as namespace/category/classifier.'), maxItems: UPDATE_LIMITS.types },
  RelatedFindings: { type: 'array', items: IDENTIFIER, description: 'All findings that it is linked to.' },
  Note: object(
    { Text: text('As the rule wrote it.'), UpdatedBy: text('The instance: securityhub-<prefix>.') },
    ['Text', 'UpdatedBy'],
    'The note that took the place of the one before.',
  ),
  UserDefinedFields: {
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'The keys that changed. What the product keeps on the finding for itself is left out.',
  },
};

/** What stood before may be anything that Security Hub let through. */
const BEFORE: Readonly<Record<keyof FieldsBefore, JsonSchema>> = {
  Workflow: object(
    { Status: text('The workflow status; NEW where none was set.') },
    ['Status'],
    'As it stood.',
  ),
  Severity: object({ Label: text('The label.') }, ['Label'], 'As it stood.'),
  VerificationState: text('As it stood; UNKNOWN where none was set.'),
  Confidence: { type: 'number', description: 'As it stood.' },
  Criticality: { type: 'number', description: 'As it stood.' },
  Types: texts('As they stood.'),
  RelatedFindings: { type: 'array', items: IDENTIFIER, description: 'As they stood.' },
};

const FINDING: Readonly<Record<keyof TriagedFinding, JsonSchema>> = {
  Id: text('Names the finding together with ProductArn.'),
  ProductArn: text('Names the finding together with Id.'),
  AwsAccountId: text('The account that the finding is about.'),
  Region: text('The Region that the finding is about.'),
  Severity: object(
    { Label: text('The label.') },
    ['Label'],
    "As rules read it: the provider's, or what a person or another tool set; never what a rule made of it.",
  ),
};

const EVENT: Readonly<Record<keyof TriagedEvent, JsonSchema>> = {
  id: text('Its id.'),
  'detail-type': text('Its detail-type: Security Hub Findings - Imported, or - Custom Action.'),
  time: text('Its time.'),
  actionName: text('The name of the custom action that a person pressed.'),
};

const MEMBERS: Readonly<Record<keyof FindingTriaged, JsonSchema>> = {
  formatVersion: { type: 'integer', enum: [1], description: 'Another number means another format.' },
  instance: text('The prefix of the instance that decided.'),
  ruleset: text('The version of the rules that it decided by.'),
  rules: texts('The rules in force, in winning order. None where the update only takes something back.'),
  withdrawal: flag('Whether the update takes something back that no rule decides any more.'),
  withdrawn: texts('The fields that it takes back.'),
  finding: object(FINDING, ['Id', 'ProductArn'], 'Which finding.'),
  before: object(
    BEFORE,
    [],
    'What stood in the fields that changed. Notes and user-defined fields are not told of: they are words of people.',
  ),
  after: object(
    FIELDS,
    [],
    'The fields that changed, as they are now. Empty where only a mark of the product did.',
  ),
  event: object(EVENT, ['detail-type'], 'The event that brought the finding.'),
  confirmedAt: {
    type: 'string',
    format: 'date-time',
    description: 'When Security Hub confirmed the update.',
  },
  truncated: flag(
    'The event would be over 64 KiB: types, related findings, user-defined fields and all rules but twenty are left out.',
  ),
};

/** `detail` of the events on the decision bus. */
export const FINDING_TRIAGED_SCHEMA: JsonSchema = {
  $schema: DRAFT,
  title: 'Finding Triaged',
  ...object(
    MEMBERS,
    Object.keys(MEMBERS).filter((member) => member !== 'truncated'),
    'The detail of an event of the source securityhub-triage: what one confirmed update made of a finding.',
  ),
};

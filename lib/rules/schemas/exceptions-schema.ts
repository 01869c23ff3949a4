import { DEFAULT_EXCEPTION_PRIORITY, SUBJECTS } from '../exceptions/exception-row.ts';
import { REASON_CODES } from '../rule.ts';
import { DAY_PATTERN, DRAFT, type JsonSchema, TEXT } from './json-schema.ts';

/** `reason (ticket, until YYYY-MM-DD)` becomes a note, which has up to 512 characters. */
const REASON_LENGTH = 400;
const TICKET_LENGTH = 80;

const ROW: JsonSchema = {
  type: 'object',
  properties: {
    id: {
      type: 'string',
      pattern: '^[a-z0-9]+(-[a-z0-9]+)*$',
      maxLength: 64,
      errorMessage: 'An id has small letters, digits and single "-" between them; up to 64 characters.',
      markdownDescription: 'The rule is called `exceptions/<team>/<id>`.',
    },
    control: {
      ...TEXT,
      markdownDescription: 'A control as Security Hub names it, e.g. `S3.8`: `Compliance.SecurityControlId`.',
    },
    title: { ...TEXT, markdownDescription: 'The `Title` of the findings; `*` is any run of characters.' },
    generator: {
      ...TEXT,
      markdownDescription: 'The `GeneratorId` of the findings; `*` is any run of characters.',
    },
    accounts: {
      type: 'array',
      items: {
        type: 'string',
        pattern: '^\\d{12}$',
        errorMessage: 'An account id is 12 digits in quotes.',
      },
      minItems: 1,
      uniqueItems: true,
    },
    resources: {
      type: 'array',
      items: TEXT,
      minItems: 1,
      uniqueItems: true,
      markdownDescription:
        'Ids of resources, `*` is any run of characters. Every resource of the finding has to be among them.',
    },
    until: {
      type: 'string',
      pattern: DAY_PATTERN,
      errorMessage: 'A day is written YYYY-MM-DD; an exception always ends.',
      markdownDescription: 'The last day (UTC) on which the exception holds.',
    },
    reasonCode: { type: 'string', enum: REASON_CODES },
    reason: { ...TEXT, maxLength: REASON_LENGTH },
    ticket: { ...TEXT, maxLength: TICKET_LENGTH },
    owner: { ...TEXT, markdownDescription: 'Who answers for it, e.g. `@acme/shop`.' },
    allowCritical: {
      type: 'boolean',
      markdownDescription: 'Confirms that CRITICAL findings are hidden too.',
    },
  },
  required: ['id', 'accounts', 'until', 'reasonCode', 'reason', 'ticket', 'owner'],
  additionalProperties: false,
};

/** `rules/exceptions/<team>.json`. `rowExtras` are keywords for editors that a check says better in loading. */
function exceptionsSchema(rowExtras: JsonSchema): JsonSchema {
  return {
    $schema: DRAFT,
    title: 'Exceptions of one team, a row each',
    type: 'object',
    properties: {
      $schema: { type: 'string' },
      description: { type: 'string' },
      mode: {
        type: 'string',
        enum: ['observe', 'enforce'],
        enumDescriptions: ['Decided, counted and logged, not applied (the default).', 'Applied.'],
      },
      priority: {
        type: 'integer',
        minimum: 1,
        maximum: Number.MAX_SAFE_INTEGER,
        default: DEFAULT_EXCEPTION_PRIORITY,
      },
      exceptions: { type: 'array', items: { ...ROW, ...rowExtras } },
    },
    required: ['exceptions'],
    additionalProperties: false,
  };
}

export const EXCEPTIONS_SCHEMA = exceptionsSchema({});

export const EXCEPTIONS_EDITOR_SCHEMA = exceptionsSchema({
  oneOf: SUBJECTS.map((name) => ({ required: [name] })),
});

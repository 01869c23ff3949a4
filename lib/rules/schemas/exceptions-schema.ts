import { DEFAULT_EXCEPTION_PRIORITY, SUBJECTS } from '../exceptions/exception-row.ts';
import { DRAFT, type JsonSchema, TEXT } from './json-schema.ts';
import { DAY, MODE, PRIORITY, REASON_CODE, REMARK, SCHEMA_LINK } from './shared-members.ts';
import { EXCEPTIONS_SNIPPETS, ROW_SNIPPETS } from './snippets.ts';

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
      markdownDescription: 'Ids of the accounts it holds in.',
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
      ...DAY,
      errorMessage: 'A day is written YYYY-MM-DD; an exception always ends.',
      markdownDescription: 'The last day (UTC) on which the exception holds.',
    },
    reasonCode: REASON_CODE,
    reason: {
      ...TEXT,
      maxLength: REASON_LENGTH,
      markdownDescription: 'Why it is right, in a sentence; it becomes the note on the findings.',
    },
    ticket: {
      ...TEXT,
      maxLength: TICKET_LENGTH,
      markdownDescription: 'Where it was agreed, e.g. `SEC-101`.',
    },
    owner: { ...TEXT, markdownDescription: 'Who answers for it, e.g. `@acme/shop`.' },
    allowCritical: {
      type: 'boolean',
      markdownDescription: 'Confirms that CRITICAL findings are hidden too.',
    },
  },
  required: ['id', 'accounts', 'until', 'reasonCode', 'reason', 'ticket', 'owner'],
  additionalProperties: false,
  defaultSnippets: ROW_SNIPPETS,
};

/** `rules/exceptions/<team>.json`. `rowExtras` are keywords for editors that a check says better in loading. */
function exceptionsSchema(rowExtras: JsonSchema): JsonSchema {
  return {
    $schema: DRAFT,
    title: 'Exceptions of one team, a row each',
    type: 'object',
    properties: {
      $schema: SCHEMA_LINK,
      description: REMARK,
      mode: MODE,
      priority: { ...PRIORITY, default: DEFAULT_EXCEPTION_PRIORITY },
      exceptions: {
        type: 'array',
        items: { ...ROW, ...rowExtras },
        markdownDescription: 'One row for each thing that is left alone.',
      },
    },
    required: ['exceptions'],
    additionalProperties: false,
    defaultSnippets: EXCEPTIONS_SNIPPETS,
  };
}

export const EXCEPTIONS_SCHEMA = exceptionsSchema({});

export const EXCEPTIONS_EDITOR_SCHEMA = exceptionsSchema({
  oneOf: SUBJECTS.map((name) => ({ required: [name] })),
});

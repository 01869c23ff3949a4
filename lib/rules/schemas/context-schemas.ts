import { DRAFT, type JsonSchema, TEXT } from './json-schema.ts';
import { DAY, REMARK, SCHEMA_LINK } from './shared-members.ts';
import { ACCOUNT_SNIPPETS, ENTRY_SNIPPETS, LIST_SNIPPETS } from './snippets.ts';

const ENTRY: JsonSchema = {
  if: { type: 'string' },
  // biome-ignore lint/suspicious/noThenProperty: `then` is a keyword of JSON Schema.
  then: TEXT,
  else: {
    type: 'object',
    properties: {
      value: {
        ...TEXT,
        errorMessage:
          'A value is a text that is not blank; put numbers in quotes, or account ids lose their zeros.',
        markdownDescription: 'What facts are compared with.',
      },
      until: { ...DAY, markdownDescription: 'The last day (UTC) on which the entry counts.' },
      reason: { ...TEXT, markdownDescription: 'Why it is on the list.' },
    },
    required: ['value'],
    additionalProperties: false,
    errorMessage:
      'An entry is a text, or { "value", "until", "reason" }; put numbers in quotes, or account ids lose their zeros.',
  },
};

const ENTRIES: JsonSchema = {
  type: 'array',
  items: { ...ENTRY, defaultSnippets: ENTRY_SNIPPETS },
  markdownDescription: 'Texts, or `{ "value", "until", "reason" }`.',
};

/** `rules/context/<name>.json`: the list `lists.<name>`, an array or an object around it. */
export const LIST_SCHEMA: JsonSchema = {
  $schema: DRAFT,
  title: 'A list that rules compare facts with',
  defaultSnippets: LIST_SNIPPETS,
  if: { type: 'array' },
  // biome-ignore lint/suspicious/noThenProperty: `then` is a keyword of JSON Schema.
  then: ENTRIES,
  else: {
    type: 'object',
    properties: { $schema: SCHEMA_LINK, description: REMARK, entries: ENTRIES },
    required: ['entries'],
    additionalProperties: false,
    errorMessage: 'A list is an array, or an object with "entries".',
  },
};

/** `rules/context/accounts.json`: what `account.<key>` says, by account id. */
export const ACCOUNTS_SCHEMA: JsonSchema = {
  $schema: DRAFT,
  title: 'What is known of each account',
  type: 'object',
  properties: { $schema: SCHEMA_LINK, description: REMARK },
  propertyNames: {
    pattern: '^(\\d{12}|\\$schema|description)$',
    errorMessage: 'An account id has 12 digits.',
  },
  additionalProperties: {
    type: 'object',
    markdownDescription: 'What is known of this account; a rule reads it as `account.<key>`.',
    defaultSnippets: ACCOUNT_SNIPPETS,
    propertyNames: {
      pattern: '^[A-Za-z_][A-Za-z0-9_-]*$',
      errorMessage: 'A key has letters, digits, "_" and "-", so that account.<key> can name it.',
    },
    additionalProperties: {
      type: ['string', 'number', 'boolean', 'array'],
      items: { type: 'string' },
      errorMessage: 'A text, a number, true, false or a list of texts is needed.',
    },
  },
};

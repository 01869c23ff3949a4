import { DRAFT, type JsonSchema, TEXT } from './json-schema.ts';
import { SCHEMA_LINK } from './shared-members.ts';
import { CASE_SNIPPETS, TEST_SNIPPETS } from './snippets.ts';
import { FIELD_MEANINGS } from './update-schema.ts';

const UPDATE: JsonSchema = {
  type: 'object',
  properties: Object.fromEntries(
    Object.entries(FIELD_MEANINGS).map(([field, markdownDescription]) => [field, { markdownDescription }]),
  ),
  additionalProperties: false,
  minProperties: 1,
  markdownDescription: 'What must be sent by all rules together; what is left out is not looked at.',
};

const EXPECT: JsonSchema = {
  type: 'object',
  properties: {
    matches: { type: 'boolean', markdownDescription: 'Whether the conditions of the rule hold.' },
    because: {
      ...TEXT,
      markdownDescription: 'The `name` of the one condition that must keep the rule from matching.',
    },
    update: UPDATE,
    winner: { ...TEXT, markdownDescription: 'The rule that decides instead of this one.' },
  },
  required: ['matches'],
  additionalProperties: false,
  markdownDescription: 'What must become of the finding.',
};

/** An event of one of our own custom actions; without it a case is an imported finding. */
const EVENT: JsonSchema = {
  type: 'object',
  properties: {
    actionId: { ...TEXT, markdownDescription: 'The id of a custom action of ours.' },
    actionName: { ...TEXT, markdownDescription: 'What the fact `event.actionName` reads.' },
  },
  required: ['actionId'],
  additionalProperties: false,
  markdownDescription: 'The button that was pressed; without it the finding was imported.',
};

const CASE: JsonSchema = {
  type: 'object',
  properties: {
    name: { ...TEXT, markdownDescription: 'What is special about this finding.' },
    finding: {
      ...TEXT,
      markdownDescription: 'A sample: the name of a file in `rules/samples/`, without `.json`.',
    },
    with: {
      type: 'object',
      markdownDescription:
        'A JSON merge patch on the sample: `null` removes a member, a list is replaced whole.',
    },
    event: EVENT,
    expect: EXPECT,
    knownGap: { ...TEXT, markdownDescription: 'Why this does not hold yet. The case fails once it holds.' },
  },
  required: ['name', 'finding', 'expect'],
  additionalProperties: false,
  defaultSnippets: CASE_SNIPPETS,
};

/** `rules/<area>/<name>.test.json`: what must become of sample findings under one rule. */
export const TEST_SCHEMA: JsonSchema = {
  $schema: DRAFT,
  title: 'The test of a triage rule',
  type: 'object',
  properties: {
    $schema: SCHEMA_LINK,
    rule: { ...TEXT, markdownDescription: 'The name of the rule under test.' },
    now: {
      type: 'string',
      pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,3})?Z$',
      errorMessage: 'An instant is written YYYY-MM-DDThh:mm:ssZ.',
      markdownDescription: 'The instant the cases are decided at (UTC).',
    },
    cases: {
      type: 'array',
      minItems: 1,
      items: CASE,
      markdownDescription: 'Findings that the rule is for, and near misses that it is not for.',
    },
  },
  required: ['rule', 'now', 'cases'],
  additionalProperties: false,
  defaultSnippets: TEST_SNIPPETS,
};

import { CONDITION_DEFINITIONS } from './condition-schema.ts';
import { CONFIG_SCHEMA } from './config-schema.ts';
import { ACCOUNTS_SCHEMA, LIST_SCHEMA } from './context-schemas.ts';
import { EXCEPTIONS_EDITOR_SCHEMA, EXCEPTIONS_SCHEMA } from './exceptions-schema.ts';
import { DRAFT, type JsonSchema } from './json-schema.ts';
import { withPlainDescriptions } from './plain-descriptions.ts';
import { ruleSchema } from './rule-schema.ts';
import { REMARK, SCHEMA_LINK } from './shared-members.ts';
import { NAMED_CONDITION_SNIPPETS } from './snippets.ts';
import { TEST_SCHEMA } from './test-schema.ts';

/** `rules/conditions/<name>.json` around the given schema of its condition. */
export function namedConditionSchema(condition: JsonSchema, definitions: JsonSchema): JsonSchema {
  return {
    $schema: DRAFT,
    title: 'A condition that rules share',
    type: 'object',
    properties: { $schema: SCHEMA_LINK, description: REMARK, condition },
    required: ['condition'],
    additionalProperties: false,
    errorMessage: 'A shared condition stands in "condition": { "condition": { "all": […] } }.',
    defaultSnippets: NAMED_CONDITION_SNIPPETS,
    definitions,
  };
}

const BLOCK: JsonSchema = {
  $ref: '#/definitions/block',
  markdownDescription: 'Which findings it is about: a block `all`, `any` or `not`.',
};
/** In loading, conditions are left to checks that say more than a schema can. */
const ANYTHING: JsonSchema = {};

const EDITOR_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  'rule.schema.json': ruleSchema(BLOCK, CONDITION_DEFINITIONS),
  'condition.schema.json': namedConditionSchema(BLOCK, CONDITION_DEFINITIONS),
  'list.schema.json': LIST_SCHEMA,
  'accounts.schema.json': ACCOUNTS_SCHEMA,
  'config.schema.json': CONFIG_SCHEMA,
  'test.schema.json': TEST_SCHEMA,
  'exceptions.schema.json': EXCEPTIONS_EDITOR_SCHEMA,
};

/** What editors read, by file name under `rules/`. */
export const SCHEMA_FILES: Readonly<Record<string, JsonSchema>> = Object.fromEntries(
  Object.entries(EDITOR_SCHEMAS).map(([name, schema]) => [name, withPlainDescriptions(schema)]),
);

/** What loading reads: the same but for the conditions. */
export const LOADING_SCHEMAS = {
  rule: ruleSchema(ANYTHING, {}),
  condition: namedConditionSchema(ANYTHING, {}),
  list: LIST_SCHEMA,
  accounts: ACCOUNTS_SCHEMA,
  config: CONFIG_SCHEMA,
  test: TEST_SCHEMA,
  exceptions: EXCEPTIONS_SCHEMA,
} as const satisfies Record<string, JsonSchema>;
export type FileKind = keyof typeof LOADING_SCHEMAS;

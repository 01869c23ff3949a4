import { DIAGNOSTIC_NAMES } from '../diagnostic.ts';
import { CONFIGURABLE_CODES } from '../lint/levels.ts';
import { choice, DAY_PATTERN, DRAFT, type JsonSchema, TEXT } from './json-schema.ts';
import { DAY, MODE, PRIORITY, REASON_CODE, SCHEMA_LINK } from './shared-members.ts';
import { DISABLE_SNIPPETS, RULE_SNIPPETS } from './snippets.ts';
import { FIELD_MEANINGS, UPDATE_SCHEMA } from './update-schema.ts';

/** A rule's name stands between bars in a mark, and long names would fill the mark's 1,024 characters. */
const NAME: JsonSchema = {
  type: 'string',
  pattern: '^[A-Za-z0-9][A-Za-z0-9._/-]{0,127}$',
  errorMessage:
    'A name has 1 to 128 letters, digits, ".", "_", "/" and "-", and begins with a letter or digit.',
};

/** An exception from lint: no deployment depends on it, and it ends. */
const DISABLE: JsonSchema = {
  type: 'array',
  items: {
    type: 'object',
    properties: {
      code: {
        ...choice(Object.fromEntries(CONFIGURABLE_CODES.map((code) => [code, DIAGNOSTIC_NAMES[code]]))),
        errorMessage: 'Only what lint adds to the checks of a deployment can be disabled.',
        markdownDescription: 'The code as `triage lint` prints it.',
      },
      reason: { ...TEXT, markdownDescription: 'Why the check does not apply here.' },
      until: { ...DAY, markdownDescription: 'The last day (UTC) on which it is disabled.' },
    },
    required: ['code', 'reason', 'until'],
    additionalProperties: false,
    defaultSnippets: DISABLE_SNIPPETS,
  },
  minItems: 1,
  markdownDescription:
    'Checks of `triage lint` that do not apply to this rule, why, and until which day (UTC).',
};

const PROPERTIES: Readonly<Record<string, JsonSchema>> = {
  $schema: SCHEMA_LINK,
  name: { ...NAME, markdownDescription: 'What marks, logs and reports call this rule; unique.' },
  description: { type: 'string', markdownDescription: 'What the rule is for, in one sentence.' },
  owner: { ...TEXT, markdownDescription: 'Who answers for the rule, e.g. `@acme/secops`.' },
  reasonCode: REASON_CODE,
  reason: { ...TEXT, markdownDescription: 'Why it is right, in a sentence.' },
  ticket: { ...TEXT, markdownDescription: 'Where it was agreed, e.g. `SEC-101`.' },
  expires: {
    type: 'string',
    pattern: `^never$|${DAY_PATTERN}`,
    errorMessage: 'A day is written YYYY-MM-DD; a rule that stays says "never".',
    markdownDescription: 'The last day (UTC) on which the rule holds, or `never`. Suppressing rules need it.',
  },
  reviewBy: { ...DAY, markdownDescription: 'When a suppressing rule that never expires is looked at again.' },
  mode: MODE,
  priority: PRIORITY,
  stop: {
    type: 'boolean',
    markdownDescription: 'Where this rule matches, rules of lower priority are left out.',
  },
  overwrite: {
    type: 'array',
    items: choice(FIELD_MEANINGS),
    minItems: 1,
    uniqueItems: true,
    markdownDescription: 'Fields that this rule may change although someone else set them.',
  },
  adopt: {
    type: 'boolean',
    markdownDescription:
      'Takes over a value someone else set that equals the decided one, where nothing else that the rule would write is held.',
  },
  allowCritical: {
    type: 'boolean',
    markdownDescription: 'Confirms that the rule may suppress CRITICAL findings.',
  },
  disable: DISABLE,
  event: {
    type: 'object',
    properties: {
      type: {
        const: 'update',
        errorMessage: 'The type is "update".',
        markdownDescription: 'What a rule does: `update`.',
      },
      params: UPDATE_SCHEMA,
    },
    required: ['type', 'params'],
    additionalProperties: false,
    markdownDescription: 'What the rule does to findings that its conditions hold for.',
  },
};

/** The members of a rule in the order in which they are written. */
export const RULE_MEMBERS: readonly string[] = Object.keys(PROPERTIES).flatMap((name) =>
  name === 'event' ? ['conditions', name] : [name],
);

/** A rule file around the given schema of its conditions. A rule that only stops others writes nothing itself. */
export function ruleSchema(conditions: JsonSchema, definitions: JsonSchema): JsonSchema {
  return {
    $schema: DRAFT,
    title: 'A triage rule',
    type: 'object',
    properties: { ...PROPERTIES, conditions },
    required: ['name', 'owner', 'priority', 'conditions', 'event'],
    additionalProperties: false,
    defaultSnippets: RULE_SNIPPETS,
    if: { properties: { stop: { const: true } }, required: ['stop'] },
    else: {
      properties: {
        event: {
          type: 'object',
          properties: {
            params: { type: 'object', minProperties: 1, errorMessage: 'A rule writes at least one field.' },
          },
        },
      },
    },
    definitions,
  };
}

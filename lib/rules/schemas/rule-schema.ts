import { UPDATABLE_FIELDS } from '../../findings/update.ts';
import { CONFIGURABLE_CODES } from '../lint/levels.ts';
import { REASON_CODES } from '../rule.ts';
import { DAY_PATTERN, DRAFT, type JsonSchema, TEXT } from './json-schema.ts';
import { UPDATE_SCHEMA } from './update-schema.ts';

/** A rule's name stands between bars in a mark, and long names would fill the mark's 1,024 characters. */
const NAME: JsonSchema = {
  type: 'string',
  pattern: '^[A-Za-z0-9][A-Za-z0-9._/-]{0,127}$',
  errorMessage:
    'A name has 1 to 128 letters, digits, ".", "_", "/" and "-", and begins with a letter or digit.',
};

const DAY: JsonSchema = {
  type: 'string',
  pattern: DAY_PATTERN,
  errorMessage: 'A day is written YYYY-MM-DD.',
};

/** An exception from lint: no deployment depends on it, and it ends. */
const DISABLE: JsonSchema = {
  type: 'array',
  items: {
    type: 'object',
    properties: {
      code: {
        type: 'string',
        enum: CONFIGURABLE_CODES,
        errorMessage: 'Only what lint adds to the checks of a deployment can be disabled.',
      },
      reason: TEXT,
      until: DAY,
    },
    required: ['code', 'reason', 'until'],
    additionalProperties: false,
  },
  minItems: 1,
  markdownDescription:
    'Checks of `triage lint` that do not apply to this rule, why, and until which day (UTC).',
};

const PROPERTIES: Readonly<Record<string, JsonSchema>> = {
  $schema: { type: 'string' },
  name: { ...NAME, markdownDescription: 'What marks, logs and reports call this rule; unique.' },
  description: { type: 'string', markdownDescription: 'What the rule is for, in one sentence.' },
  owner: { ...TEXT, markdownDescription: 'Who answers for the rule, e.g. `@acme/secops`.' },
  reasonCode: { type: 'string', enum: REASON_CODES },
  reason: TEXT,
  ticket: TEXT,
  expires: {
    type: 'string',
    pattern: `^never$|${DAY_PATTERN}`,
    errorMessage: 'A day is written YYYY-MM-DD; a rule that stays says "never".',
    markdownDescription: 'The last day (UTC) on which the rule holds, or `never`. Suppressing rules need it.',
  },
  reviewBy: { ...DAY, markdownDescription: 'When a suppressing rule that never expires is looked at again.' },
  mode: {
    type: 'string',
    enum: ['observe', 'enforce'],
    enumDescriptions: ['Decided, counted and logged, not applied (the default).', 'Applied.'],
  },
  priority: {
    type: 'integer',
    minimum: 1,
    maximum: Number.MAX_SAFE_INTEGER,
    markdownDescription:
      'The highest wins. Native automation rules are the opposite: low order first, last wins.',
  },
  stop: {
    type: 'boolean',
    markdownDescription: 'Where this rule matches, rules of lower priority are left out.',
  },
  overwrite: {
    type: 'array',
    items: { type: 'string', enum: UPDATABLE_FIELDS },
    minItems: 1,
    uniqueItems: true,
    markdownDescription: 'Fields that this rule may change although someone else set them.',
  },
  adopt: {
    type: 'boolean',
    markdownDescription: 'Takes over a value someone else set that equals the decided one.',
  },
  allowCritical: {
    type: 'boolean',
    markdownDescription: 'Confirms that the rule may suppress CRITICAL findings.',
  },
  disable: DISABLE,
  event: {
    type: 'object',
    properties: { type: { const: 'update', errorMessage: 'The type is "update".' }, params: UPDATE_SCHEMA },
    required: ['type', 'params'],
    additionalProperties: false,
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
    if: { properties: { stop: { const: true } }, required: ['stop'] },
    else: {
      properties: {
        event: {
          properties: { params: { minProperties: 1, errorMessage: 'A rule writes at least one field.' } },
        },
      },
    },
    definitions,
  };
}

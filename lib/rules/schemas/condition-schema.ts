import { DECORATORS, OPERATORS, type OperatorSignature } from '../operators.ts';
import type { JsonSchema } from './json-schema.ts';

const DECORATOR_PATTERN = `((${DECORATORS.join('|')}):)*`;

const namesTaking = (value: OperatorSignature['value']): string =>
  Object.entries(OPERATORS)
    .filter(([, signature]) => signature.value === value)
    .map(([name]) => name)
    .join('|');

/** The schema a value must fit where the operator, without decorators that change the value's shape, takes such a value. */
const VALUES: Partial<Record<OperatorSignature['value'], JsonSchema>> = {
  conditions: { $ref: '#/definitions/block' },
  list: {
    type: ['array', 'object'],
    errorMessage:
      'An array or { "fact": "lists.<name>" } is needed: in a text the engine would look for a part of it.',
  },
  boolean: { type: 'boolean' },
  days: { type: 'number', minimum: 0 },
};

const whenOperatorTakes = (value: OperatorSignature['value'], schema: JsonSchema): JsonSchema => ({
  if: {
    properties: { operator: { pattern: `^((someFact|everyFact|not):)*(${namesTaking(value)})$` } },
    required: ['operator'],
  },
  // biome-ignore lint/suspicious/noThenProperty: `then` is a keyword of JSON Schema.
  then: { properties: { value: schema } },
});

const LEAF: JsonSchema = {
  type: 'object',
  properties: {
    name: { type: 'string', markdownDescription: 'What tests and explanations call this condition.' },
    fact: {
      type: 'string',
      markdownDescription:
        'An ASFF path such as `Severity.Label` or `Resources[*].Tags.env`, or `lists.<name>`, `account.<key>`, ' +
        '`ageDays`, `event.detailType`, `event.actionName`.',
    },
    operator: {
      type: 'string',
      pattern: `^${DECORATOR_PATTERN}(${Object.keys(OPERATORS).join('|')})$`,
      markdownDescription: Object.entries(OPERATORS)
        .map(([name, { says }]) => `- \`${name}\`: ${says}`)
        .join('\n'),
    },
    value: {},
  },
  required: ['fact', 'operator', 'value'],
  additionalProperties: false,
  allOf: Object.entries(VALUES).map(([value, schema]) =>
    whenOperatorTakes(value as OperatorSignature['value'], schema),
  ),
};

const group = (name: string, member: JsonSchema): JsonSchema => ({
  type: 'object',
  properties: { name: { type: 'string' }, [name]: member },
  required: [name],
  additionalProperties: false,
});

/** What each member that makes a condition a block, or a reference to a named condition, leads to. */
const BLOCKS: Readonly<Record<string, JsonSchema>> = {
  all: { type: 'array', minItems: 1, items: { $ref: '#/definitions/condition' } },
  any: { type: 'array', minItems: 1, items: { $ref: '#/definitions/condition' } },
  not: { $ref: '#/definitions/condition' },
  condition: { type: 'string' },
};

const blockElse = (otherwise: JsonSchema): JsonSchema =>
  Object.entries(BLOCKS).reduceRight<JsonSchema>(
    // biome-ignore lint/suspicious/noThenProperty: `then` is a keyword of JSON Schema.
    (rest, [name, member]) => ({ if: { required: [name] }, then: group(name, member), else: rest }),
    otherwise,
  );

/**
 * The conditions of json-rules-engine as editors check them; if/then/else, so that one mistake is one message.
 * `block` is what a root must be; `condition` may also be a leaf. Our own checks say more, with suggestions.
 */
export const CONDITION_DEFINITIONS: JsonSchema = {
  condition: { type: 'object', ...blockElse({ $ref: '#/definitions/leaf' }) },
  block: {
    type: 'object',
    ...blockElse({ required: ['all'], errorMessage: 'A block "all", "any" or "not" is needed here.' }),
  },
  leaf: LEAF,
};

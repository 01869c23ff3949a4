import { DECORATORS, OPERATORS, type OperatorSignature } from '../operators.ts';
import { choice, type JsonSchema } from './json-schema.ts';
import { BLOCK_SNIPPETS, CONDITION_SNIPPETS } from './snippets.ts';

const DECORATOR_PATTERN = `((${DECORATORS.join('|')}):)*`;

const PREFIXES = DECORATORS.map((decorator) => `\`${decorator}:\``).join(', ');
const NO_OPERATOR = 'Not an operator: "triage facts" lists them, and what can stand before them.';

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
    properties: {
      operator: { type: 'string', pattern: `^((someFact|everyFact|not):)*(${namesTaking(value)})$` },
    },
    required: ['operator'],
  },
  // biome-ignore lint/suspicious/noThenProperty: `then` is a keyword of JSON Schema.
  then: { properties: { value: schema } },
});

const CONDITION_NAME: JsonSchema = {
  type: 'string',
  markdownDescription: 'What tests and explanations call this condition.',
};

const LEAF: JsonSchema = {
  type: 'object',
  properties: {
    name: CONDITION_NAME,
    fact: {
      type: 'string',
      markdownDescription:
        'An ASFF path such as `Severity.Label` or `Resources[*].Tags.env`, or `lists.<name>`, `account.<key>`, ' +
        '`ageDays`, `event.detailType`, `event.actionName`.',
    },
    operator: {
      anyOf: [
        choice(Object.fromEntries(Object.entries(OPERATORS).map(([name, { says }]) => [name, says]))),
        {
          type: 'string',
          pattern: `^${DECORATOR_PATTERN}(${Object.keys(OPERATORS).join('|')})$`,
          patternErrorMessage: NO_OPERATOR,
        },
      ],
      markdownDescription: `How the fact is compared with the value; before it can stand ${PREFIXES}.`,
    },
    value: {
      markdownDescription:
        'What the fact is compared with; `{ "fact": "lists.<name>" }` is a list of `rules/context`.',
    },
  },
  required: ['fact', 'operator', 'value'],
  additionalProperties: false,
  allOf: Object.entries(VALUES).map(([value, schema]) =>
    whenOperatorTakes(value as OperatorSignature['value'], schema),
  ),
};

const group = (name: string, member: JsonSchema): JsonSchema => ({
  type: 'object',
  properties: { name: CONDITION_NAME, [name]: member },
  required: [name],
  additionalProperties: false,
});

const MEMBERS: JsonSchema = { type: 'array', minItems: 1, items: { $ref: '#/definitions/condition' } };

/** What each member that makes a condition a block, or a reference to a named condition, leads to. */
const BLOCKS: Readonly<Record<string, JsonSchema>> = {
  all: { ...MEMBERS, markdownDescription: 'Every one of these holds.' },
  any: { ...MEMBERS, markdownDescription: 'At least one of these holds.' },
  not: { $ref: '#/definitions/condition', markdownDescription: 'This does not hold.' },
  condition: {
    type: 'string',
    markdownDescription: 'The shared condition `rules/conditions/<name>.json` holds.',
  },
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
  condition: {
    type: 'object',
    defaultSnippets: CONDITION_SNIPPETS,
    ...blockElse({ $ref: '#/definitions/leaf' }),
  },
  block: {
    type: 'object',
    defaultSnippets: BLOCK_SNIPPETS,
    ...blockElse({ required: ['all'], errorMessage: 'A block "all", "any" or "not" is needed here.' }),
  },
  leaf: LEAF,
};

/** What an operator compares: the kind of fact it can be true for, and the kind of value a rule must give it. */
export interface OperatorSignature {
  readonly fact: 'any' | 'string' | 'number' | 'list' | 'instant' | 'ip';
  readonly value:
    | 'scalar'
    | 'list'
    | 'string'
    | 'number'
    | 'regex'
    | 'glob'
    | 'cidr'
    | 'instant'
    | 'days'
    | 'boolean'
    | 'conditions';
  /** Whether the operator is json-rules-engine's own. */
  readonly builtIn: boolean;
  /** True for a fact that is missing, so that it matches findings that say nothing. */
  readonly trueWhenMissing: boolean;
  /** One line for the author's guide. */
  readonly says: string;
}

const engine = (fact: OperatorSignature['fact'], value: OperatorSignature['value'], says: string) =>
  ({ fact, value, says, builtIn: true, trueWhenMissing: false }) as const;
const ours = (fact: OperatorSignature['fact'], value: OperatorSignature['value'], says: string) =>
  ({ fact, value, says, builtIn: false, trueWhenMissing: false }) as const;

/** Every operator a rule can use. Checks, schema and documentation read this table; `createOperators` implements it. */
export const OPERATORS = {
  equal: engine('any', 'scalar', 'The fact is the value.'),
  notEqual: { ...engine('any', 'scalar', 'The fact is not the value, or missing.'), trueWhenMissing: true },
  in: engine('any', 'list', 'The fact is one of the values.'),
  notIn: { ...engine('any', 'list', 'The fact is none of the values, or missing.'), trueWhenMissing: true },
  contains: engine('list', 'scalar', 'The list holds the value.'),
  doesNotContain: engine('list', 'scalar', 'The list does not hold the value.'),
  lessThan: engine('number', 'number', 'The number is below the value.'),
  lessThanInclusive: engine('number', 'number', 'The number is at most the value.'),
  greaterThan: engine('number', 'number', 'The number is above the value.'),
  greaterThanInclusive: engine('number', 'number', 'The number is at least the value.'),
  startsWith: ours('string', 'string', 'The text begins with the value.'),
  endsWith: ours('string', 'string', 'The text ends with the value.'),
  includes: ours('string', 'string', 'The text has the value in it.'),
  matches: ours('string', 'regex', 'The whole text matches the RE2 expression.'),
  glob: ours('string', 'glob', 'The whole text matches; * is any run of characters, ? is one.'),
  equalsIgnoreCase: ours('string', 'string', 'The text is the value, upper and lower case alike.'),
  inCidr: ours('ip', 'cidr', 'The IP address is in the network, or in one of the networks.'),
  before: ours('instant', 'instant', 'The instant is before the value.'),
  after: ours('instant', 'instant', 'The instant is after the value.'),
  olderThanDays: ours('instant', 'days', 'The instant is more than n × 24 hours ago.'),
  newerThanDays: ours('instant', 'days', 'The instant is less than n × 24 hours ago.'),
  exists: ours('any', 'boolean', 'The fact is present (true) or missing (false).'),
  anyElement: ours('list', 'conditions', 'One element answers for all the conditions.'),
  everyElement: ours('list', 'conditions', 'Every element answers for all the conditions.'),
  noElement: {
    ...ours('list', 'conditions', 'No element answers for all the conditions.'),
    trueWhenMissing: true,
  },
} as const satisfies Record<string, OperatorSignature>;

export type OperatorName = keyof typeof OPERATORS;

/** Prefixes of json-rules-engine that change what an operator compares, e.g. `someFact:startsWith`. */
export const DECORATORS = ['someFact', 'everyFact', 'someValue', 'everyValue', 'not', 'swap'] as const;
export type DecoratorName = (typeof DECORATORS)[number];

/** Splits `someFact:not:equal` into its decorators and its operator; null where a part is unknown. */
export function readOperator(
  text: string,
): { decorators: readonly DecoratorName[]; operator: OperatorName } | null {
  const parts = text.split(':');
  const operator = parts.pop() ?? '';
  const known = (part: string): part is DecoratorName => (DECORATORS as readonly string[]).includes(part);
  if (!Object.hasOwn(OPERATORS, operator) || !parts.every(known)) return null;
  return { decorators: parts, operator: operator as OperatorName };
}

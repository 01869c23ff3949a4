import { matchesArn, matchesWildcard } from './wildcard.ts';

/** A condition operator without its set prefix and `IfExists`. */
export interface ConditionOperator {
  /** True for `…Not…`: it holds where no wanted value compares equal. */
  readonly negated: boolean;
  readonly compares: (wanted: string, actual: string) => boolean;
}

/**
 * The operators that policies around queues, functions and Security Hub use. One that is missing here makes the
 * evaluation throw: a condition nobody judged must not pass for one that holds.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function conditionOperator(name: string): ConditionOperator {
  const operator = OPERATORS.get(name);
  if (operator === undefined) {
    throw new Error(`This evaluator does not know the condition operator ${JSON.stringify(name)}.`);
  }
  return operator;
}

const equal = (wanted: string, actual: string): boolean => wanted === actual;
const equalIgnoringCase = (wanted: string, actual: string): boolean =>
  wanted.toLowerCase() === actual.toLowerCase();

const OPERATORS: ReadonlyMap<string, ConditionOperator> = new Map([
  ...pair('StringEquals', 'StringNotEquals', equal),
  ...pair('StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', equalIgnoringCase),
  ...pair('StringLike', 'StringNotLike', matchesWildcard),
  ...pair('ArnEquals', 'ArnNotEquals', matchesArn),
  ...pair('ArnLike', 'ArnNotLike', matchesArn),
  ...pair('NumericEquals', 'NumericNotEquals', (wanted, actual) => Number(actual) === Number(wanted)),
  only('NumericLessThan', (wanted, actual) => Number(actual) < Number(wanted)),
  only('NumericLessThanEquals', (wanted, actual) => Number(actual) <= Number(wanted)),
  only('NumericGreaterThan', (wanted, actual) => Number(actual) > Number(wanted)),
  only('NumericGreaterThanEquals', (wanted, actual) => Number(actual) >= Number(wanted)),
  only('Bool', equalIgnoringCase),
]);

type Compares = ConditionOperator['compares'];

function only(name: string, compares: Compares): [string, ConditionOperator] {
  return [name, { negated: false, compares }];
}

function pair(name: string, negatedName: string, compares: Compares): [string, ConditionOperator][] {
  return [only(name, compares), [negatedName, { negated: true, compares }]];
}

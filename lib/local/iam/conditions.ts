import { conditionOperator } from './condition-operators.ts';
import type { AccessRequest } from './request.ts';
import { listOf, type Statement } from './statement.ts';

/** True when every operator and every key of the block holds: they are joined by AND, a key's values by OR. */
export function conditionsHold(
  condition: Statement['Condition'],
  conditionKeys: AccessRequest['conditionKeys'],
): boolean {
  return Object.entries(condition ?? {}).every(([operator, block]) =>
    Object.entries(block).every(([key, values]) =>
      holds(operator, listOf(values).map(literal), valuesOf(conditionKeys, key)),
    ),
  );
}

type Quantifier = 'ForAllValues' | 'ForAnyValue';

function holds(name: string, wanted: readonly string[], actual: readonly string[] | undefined): boolean {
  if (name === 'Null') {
    return wanted.some((value) => (value.toLowerCase() === 'true') === (actual === undefined));
  }
  const { quantifier, base, ifExists } = parseName(name);
  const operator = conditionOperator(base);
  const one = (value: string): boolean =>
    wanted.some((candidate) => operator.compares(candidate, value)) !== operator.negated;
  if (actual === undefined || actual.length === 0) {
    return ifExists || missingKeyHolds(quantifier, operator.negated);
  }
  switch (quantifier) {
    case 'ForAllValues':
      return actual.every(one);
    case 'ForAnyValue':
      return actual.some(one);
    case undefined:
      // Several values without a set operator: a positive comparison needs one of them, a negated one all of them.
      return operator.negated ? actual.every(one) : actual.some(one);
    default:
      return quantifier satisfies never;
  }
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html */
function missingKeyHolds(quantifier: Quantifier | undefined, negated: boolean): boolean {
  if (quantifier !== undefined) {
    return quantifier === 'ForAllValues';
  }
  return negated;
}

function parseName(name: string): { quantifier: Quantifier | undefined; base: string; ifExists: boolean } {
  const match = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/.exec(name);
  const quantifier = match?.[1];
  return {
    quantifier: quantifier === 'ForAllValues' || quantifier === 'ForAnyValue' ? quantifier : undefined,
    base: match?.[2] ?? name,
    ifExists: match?.[3] !== undefined,
  };
}

/** Condition keys are compared without regard to case. */
function valuesOf(keys: AccessRequest['conditionKeys'], name: string): readonly string[] | undefined {
  const found = Object.entries(keys).find(([key]) => key.toLowerCase() === name.toLowerCase());
  return found === undefined ? undefined : listOf(found[1]);
}

function literal(value: string | number | boolean): string {
  const text = String(value);
  if (text.includes('${')) {
    throw new Error(`This evaluator does not expand policy variables: ${JSON.stringify(text)}.`);
  }
  return text;
}

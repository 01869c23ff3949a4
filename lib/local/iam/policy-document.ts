import type { Statement } from './statement.ts';

/**
 * The statements of a policy document whose references are resolved. Throws on anything that is not a list of
 * statements or still holds an intrinsic function: deployed, such a document would be refused.
 */
export function statementsOf(document: unknown): readonly Statement[] {
  const statement = isRecord(document) ? document.Statement : undefined;
  const statements = Array.isArray(statement) ? statement : [statement];
  return statements.map((candidate: unknown) => {
    if (!isStatement(candidate)) {
      throw new Error(`Not a policy statement: ${JSON.stringify(candidate)}.`);
    }
    return candidate;
  });
}

function isStatement(value: unknown): value is Statement {
  return (
    isRecord(value) &&
    (value.Effect === 'Allow' || value.Effect === 'Deny') &&
    ['Action', 'NotAction', 'Resource', 'NotResource'].every((member) => isStrings(value[member])) &&
    ['Principal', 'NotPrincipal'].every((member) => isPrincipal(value[member])) &&
    isCondition(value.Condition)
  );
}

function isStrings(value: unknown): boolean {
  return (
    value === undefined || (Array.isArray(value) ? value : [value]).every((item) => typeof item === 'string')
  );
}

function isPrincipal(value: unknown): boolean {
  return value === undefined || value === '*' || (isRecord(value) && Object.values(value).every(isStrings));
}

function isCondition(value: unknown): boolean {
  return (
    value === undefined ||
    (isRecord(value) &&
      Object.values(value).every((block) => isRecord(block) && Object.values(block).every(isConditionValue)))
  );
}

function isConditionValue(value: unknown): boolean {
  return (Array.isArray(value) ? value : [value]).every((item) =>
    ['string', 'boolean', 'number'].includes(typeof item),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import { isObject, type LeafSite } from './condition-sites.ts';
import type { DiagnosticCode } from './diagnostic.ts';
import { quote } from './diagnostic.ts';
import { lookUpFact, lookUpFactOf, type ValueKind } from './fact-type.ts';
import {
  type DecoratorName,
  OPERATORS,
  type OperatorName,
  type OperatorSignature,
  readOperator,
} from './operators.ts';
import type { Workspace } from './workspace.ts';

/** One side of a comparison. */
export interface Operand {
  /** `finding`: known only when a finding is judged. `list`: `lists.<name>`. `literal`: in the file. */
  readonly from: 'finding' | 'list' | 'literal';
  /** What an error calls it. */
  readonly text: string;
  readonly list: boolean;
  /** Of a list: of its elements. */
  readonly kind: ValueKind | 'mixed';
  readonly enum?: readonly string[];
  /** The values it can have, or of a list its elements; empty where only the finding knows. */
  readonly values: readonly unknown[];
}

export interface Comparison {
  readonly operator: OperatorName;
  readonly signature: OperatorSignature;
  /** What the bare operator gets to see once its decorators have done their work. */
  readonly left: Operand;
  readonly right: Operand;
}

/** A comparison that cannot be made sense of, and which member of the condition is to blame. */
export interface ComparisonFault {
  readonly code: DiagnosticCode;
  readonly member: 'fact' | 'operator' | 'value';
  readonly message: string;
  readonly help?: string;
}

/**
 * Works out what an operator compares after its decorators (`someFact:`, `swap:` …) are applied from the outside in,
 * as json-rules-engine does. Undefined where another check already speaks: unknown fact or operator, a missing value.
 */
export function readComparison(
  site: LeafSite,
  workspace: Workspace,
): Comparison | ComparisonFault | undefined {
  const { leaf } = site;
  const read = typeof leaf.operator === 'string' ? readOperator(leaf.operator) : null;
  const left = factOperand(site, workspace);
  if (read === null || left === undefined || !('value' in leaf)) return undefined;
  const signature: OperatorSignature = OPERATORS[read.operator];
  const right = signature.value === 'conditions' ? BLOCK : valueOperand(site, workspace);
  if (right === undefined || 'code' in right) return right;
  let sides: Sides = { left, right };
  for (const decorator of read.decorators) {
    const next = decorate(decorator, sides, signature);
    if ('code' in next) return next;
    sides = next;
  }
  return { operator: read.operator, signature, ...sides };
}

interface Sides {
  readonly left: Operand;
  readonly right: Operand;
}

const BLOCK: Operand = { from: 'literal', text: 'the block', list: false, kind: 'structure', values: [] };

function factOperand(site: LeafSite, workspace: Workspace): Operand | undefined {
  const type = lookUpFactOf(site, workspace);
  return type?.known ? operandOfFact(String(site.leaf.fact), type, workspace) : undefined;
}

function operandOfFact(
  fact: string,
  type: Omit<Operand, 'from' | 'text' | 'values'>,
  { lists }: Workspace,
): Operand {
  const { list, kind } = type;
  const entries = fact.startsWith('lists.') ? lists.get(fact.slice('lists.'.length)) : undefined;
  return {
    from: entries === undefined ? 'finding' : 'list',
    text: fact,
    list,
    kind,
    ...(type.enum === undefined ? {} : { enum: type.enum }),
    values: entries?.map(({ value }) => value) ?? [],
  };
}

function valueOperand(
  { leaf, within }: LeafSite,
  workspace: Workspace,
): Operand | ComparisonFault | undefined {
  const { value } = leaf;
  if (!isObject(value)) {
    const values = Array.isArray(value) ? value : [value];
    return {
      from: 'literal',
      text: quote(value),
      list: Array.isArray(value),
      kind: kindOfAll(values),
      values,
    };
  }
  const { fact } = value;
  // The engine would also read `path` and `params` here, and evaluate the path as JSONPath.
  if (typeof fact !== 'string' || Object.keys(value).length !== 1) {
    const message = `${quote(value)} is no value to compare with.`;
    return {
      code: 'TR103',
      member: 'value',
      message,
      help: 'A value that is an object is { "fact": "…" } alone.',
    };
  }
  if (within.length > 0 && !fact.startsWith('lists.')) {
    const message = `${quote(fact)} cannot be compared with inside an element.`;
    return {
      code: 'TR103',
      member: 'value',
      message,
      help: 'There only { "fact": "lists.<name>" } can be used.',
    };
  }
  const type = lookUpFact(fact, workspace);
  return type.known ? operandOfFact(fact, type, workspace) : undefined;
}

function decorate(
  decorator: DecoratorName,
  { left, right }: Sides,
  signature: OperatorSignature,
): Sides | ComparisonFault {
  switch (decorator) {
    case 'not':
      return { left, right };
    case 'swap':
      if (signature.value !== 'conditions') return { left: right, right: left };
      return { code: 'TR103', member: 'operator', message: 'A block of conditions cannot be swapped.' };
    case 'someFact':
    case 'everyFact':
      if (left.list || left.kind === 'any') return { left: { ...left, list: false }, right };
      return {
        code: 'TR112',
        member: 'operator',
        message: `${left.text} is no list, so ${quote(`${decorator}:`)} is never true.`,
        help: `Leave ${decorator}: out.`,
      };
    case 'someValue':
    case 'everyValue':
      if (right.list && right.from !== 'finding') return { left, right: { ...right, list: false } };
      return {
        code: 'TR103',
        member: 'value',
        message: `${right.text} is no array, which ${quote(`${decorator}:`)} needs.`,
        help: 'Give an array, or { "fact": "lists.<name>" }.',
      };
    default:
      return decorator satisfies never;
  }
}

function kindOfAll(values: readonly unknown[]): Operand['kind'] {
  const kinds = new Set(values.map((value) => typeof value));
  const [kind] = kinds;
  if (kinds.size !== 1 || (kind !== 'string' && kind !== 'number' && kind !== 'boolean')) return 'mixed';
  return kind;
}

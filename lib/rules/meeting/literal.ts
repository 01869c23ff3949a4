import { BLOCK_MEMBERS } from '../condition-sites.ts';
import { DECORATORS, type DecoratorName, type OperatorName, readOperator } from '../operators.ts';
import type { Condition, LeafCondition } from '../rule.ts';
import type { JsonPath } from '../source.ts';
import type { ConditionFile, Workspace } from '../workspace.ts';

/** A comparison that a finding must fulfil, or must not, for one way in which conditions hold. */
export interface Literal {
  readonly leaf: LeafCondition;
  /** Whether the comparison has to be true. */
  readonly holds: boolean;
  readonly file: ConditionFile;
  readonly path: JsonPath;
}

/** Literals that hold together: one way in which conditions come true. */
export type Clause = readonly Literal[];

/** Beyond this many ways conditions are not looked at further, and nothing is claimed of them. */
const MAX_CLAUSES = 256;

/**
 * Lists every way in which the conditions at a place come true (`holds`) or fail, shared conditions written out.
 * Null where there are too many ways to look at each.
 */
export function clausesAt(
  file: ConditionFile,
  path: JsonPath,
  holds: boolean,
  workspace: Workspace,
): readonly Clause[] | null {
  return expand(valueAt(file.value, path) as Condition, { file, path, workspace }, holds);
}

/** The same for all conditions of a file; remembered, for each rule is held against all others. */
export function clausesOf(file: ConditionFile, workspace: Workspace, holds = true): readonly Clause[] | null {
  const known = remembered.get(workspace) ?? { true: new Map(), false: new Map() };
  remembered.set(workspace, known);
  const byFile = known[`${holds}`];
  const clauses = byFile.get(file);
  if (clauses !== undefined) return clauses;
  const found = clausesAt(file, file.root, holds, workspace);
  byFile.set(file, found);
  return found;
}

type Remembered = Readonly<Record<'true' | 'false', Map<ConditionFile, readonly Clause[] | null>>>;
const remembered = new WeakMap<Workspace, Remembered>();

/** Decorators and operator of a literal, `not:` folded into whether it has to hold. */
export function readLiteral({ leaf, holds }: Literal): {
  readonly decorators: readonly Exclude<DecoratorName, 'not'>[];
  readonly operator: OperatorName | undefined;
  readonly holds: boolean;
} {
  const read = readOperator(leaf.operator);
  const decorators = (read?.decorators ?? []).filter((name) => name !== 'not');
  const nots = (read?.decorators ?? []).length - decorators.length;
  return { decorators, operator: read?.operator, holds: holds === (nots % 2 === 0) };
}

/** The operator's text without its first decorator other than `not:`, which stays. */
export function withoutDecorator(operator: string): string {
  const parts = operator.split(':');
  const at = parts.findIndex((part) => part !== 'not' && (DECORATORS as readonly string[]).includes(part));
  return parts.filter((_, i) => i !== at).join(':');
}

interface Place {
  readonly file: ConditionFile;
  readonly path: JsonPath;
  readonly workspace: Workspace;
}

function expand(node: Condition, place: Place, holds: boolean): readonly Clause[] | null {
  const member = BLOCK_MEMBERS.find((name) => name in node);
  const { file, path, workspace } = place;
  switch (member) {
    case 'all':
    case 'any': {
      const items = (node as unknown as Readonly<Record<string, readonly Condition[]>>)[member] ?? [];
      const parts = items.map((item, i) => expand(item, { ...place, path: [...path, member, i] }, holds));
      return (member === 'all') === holds ? together(parts) : eitherOf(parts);
    }
    case 'not':
      return expand((node as { readonly not: Condition }).not, { ...place, path: [...path, 'not'] }, !holds);
    case 'condition': {
      const shared = workspace.conditions.get((node as { readonly condition: string }).condition);
      return shared === undefined ? null : clausesOf(shared, workspace, holds);
    }
    default:
      return [[{ leaf: node as LeafCondition, holds, file, path }]];
  }
}

function together(parts: readonly (readonly Clause[] | null)[]): readonly Clause[] | null {
  let clauses: readonly Clause[] = [[]];
  for (const part of parts) {
    if (part === null || clauses.length * part.length > MAX_CLAUSES) return null;
    clauses = clauses.flatMap((clause) => part.map((other) => [...clause, ...other]));
  }
  return clauses;
}

function eitherOf(parts: readonly (readonly Clause[] | null)[]): readonly Clause[] | null {
  const clauses: Clause[] = [];
  for (const part of parts) {
    if (part === null || clauses.length + part.length > MAX_CLAUSES) return null;
    clauses.push(...part);
  }
  return clauses;
}

function valueAt(value: unknown, path: JsonPath): unknown {
  return path.reduce<unknown>(
    (inner, name) => (inner as Readonly<Record<string | number, unknown>> | undefined)?.[name],
    value,
  );
}

import type { TypeRef } from '../../findings/type-ref.ts';
import { type Diagnostic, diagnose, quote } from '../diagnostic.ts';
import { type Clause, clausesAt, clausesOf, type Literal, readLiteral } from '../meeting/literal.ts';
import { elementTypeOf } from '../meeting/space.ts';
import type { LintCheck, LintContext } from './lint-context.ts';

/**
 * "Not this value" is true as well where there is no value at all. What products may leave out therefore needs
 * something beside it that is true only where the fact is there.
 */
export const checkNegationOnOptional: LintCheck = (context) => {
  const told = new Set<string>();
  return context.rules.flatMap(({ file }) =>
    unguardedIn(clausesOf(file, context.workspace) ?? [], context, undefined).flatMap((literal) => {
      const key = JSON.stringify([literal.file.source.file, literal.file.name, literal.path]);
      if (told.has(key)) return [];
      told.add(key);
      return [diagnosticOf(literal)];
    }),
  );
};

function unguardedIn(
  clauses: readonly Clause[],
  context: LintContext,
  from: TypeRef | undefined,
): readonly Literal[] {
  return clauses.flatMap((clause) =>
    clause.flatMap((literal) => [
      ...(isUnguarded(literal, clause, context, from) ? [literal] : []),
      ...unguardedInBlock(literal, context, from),
    ]),
  );
}

function isUnguarded(
  literal: Literal,
  clause: Clause,
  { space }: LintContext,
  from: TypeRef | undefined,
): boolean {
  const { leaf } = literal;
  const domain = space.domainOf(leaf.fact, from);
  if (domain === undefined || domain.required || readLiteral(literal).operator === 'exists') return false;
  if (!trueWhenMissing(literal)) return false;
  // An action's event always has its members, and a list of ours is there even when it is empty.
  if (/^(event|lists)\./.test(leaf.fact)) return false;
  return clause.every((other) => other.leaf.fact !== leaf.fact || trueWhenMissing(other));

  function trueWhenMissing(one: Literal): boolean {
    return space.judge(one.leaf, undefined) === one.holds;
  }
}

/** The block of an element operator is looked at as it has to come out: false for noElement and for what is negated. */
function unguardedInBlock(
  literal: Literal,
  context: LintContext,
  from: TypeRef | undefined,
): readonly Literal[] {
  const { operator, holds } = readLiteral(literal);
  if (operator !== 'anyElement' && operator !== 'everyElement' && operator !== 'noElement') return [];
  const element = elementTypeOf(literal.leaf.fact, from);
  if (element === undefined) return [];
  const wanted = (operator === 'noElement') !== holds;
  const clauses = clausesAt(literal.file, [...literal.path, 'value'], wanted, context.workspace);
  // What must not be found on an element is rightly not found where the element says nothing.
  return wanted ? unguardedIn(clauses ?? [], context, element) : [];
}

function diagnosticOf({ leaf, file, path }: Literal): Diagnostic {
  const message = `This is also true for findings without ${leaf.fact}, and products may leave that out.`;
  const help = `Add { "fact": ${quote(leaf.fact)}, "operator": "exists", "value": true } beside it, or say what it must be.`;
  return diagnose(file.source, { path: [...path, 'operator'] }, 'TR106', message, help);
}

import { RESERVED_INSIDE_OR } from '../findings/reserved-pattern-names.ts';
import { type Branch, branchMatches, type FieldCondition } from './branch.ts';
import { flattenEvent } from './flatten-event.ts';
import { compileAlternative, type ValueTest } from './value-test.ts';

/** What an account allows a pattern to be. */
export interface PatternLimits {
  /** Of the pattern as compact JSON. Default 2,048, https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
  readonly maxCharacters?: number;
  /** Product of the lengths of all `$or` arrays. Default 1,000, …/userguide/eb-create-pattern-operators.html */
  readonly maxCombinations?: number;
}

export type CompiledPattern =
  | { readonly ok: true; readonly matches: (event: unknown) => boolean }
  /** `path` is the dotted path of the field that is refused, empty for the pattern as a whole. */
  | { readonly ok: false; readonly reason: string; readonly path: string };

/**
 * Compiles an EventBridge event pattern to a test of whole events, or says why EventBridge would refuse it.
 * Fields are compared by path with arrays flattened; one element of an array answers for all its fields.
 * A `cidr` never matches an address of the other family, which the published matcher does by accident.
 */
export function compilePattern(pattern: unknown, limits: PatternLimits = {}): CompiledPattern {
  const { maxCharacters = 2048, maxCombinations = 1000 } = limits;
  if (!isObject(pattern)) return { ok: false, reason: 'A pattern is an object.', path: '' };
  const characters = JSON.stringify(pattern).length;
  if (characters > maxCharacters) {
    return {
      ok: false,
      reason: `The pattern has ${characters} characters of at most ${maxCharacters}.`,
      path: '',
    };
  }
  const combinations = countCombinations(pattern);
  if (combinations > maxCombinations) {
    return {
      ok: false,
      reason: `$or makes ${combinations} combinations of at most ${maxCombinations}.`,
      path: '',
    };
  }
  const branches = addObject([new Map()], pattern, '', false);
  if (isProblem(branches)) return { ok: false, ...branches };
  const paths = new Set(branches.flatMap((branch) => [...branch.keys()]));
  return {
    ok: true,
    matches: (event) => {
      const leaves = flattenEvent(event, paths);
      return branches.some((branch) => branchMatches(branch, leaves));
    },
  };
}

interface Problem {
  readonly reason: string;
  readonly path: string;
}

/** Adds an object's conditions to every branch. A later condition on the same path replaces the earlier one. */
function addObject(
  branches: readonly Branch[],
  object: Readonly<Record<string, unknown>>,
  path: string,
  insideOr: boolean,
): readonly Branch[] | Problem {
  const members = Object.entries(object);
  if (members.length === 0) return { reason: 'An object names at least one field.', path };
  let grown = branches;
  for (const [name, member] of members) {
    const next = addMember(grown, name, member, path, insideOr);
    if (isProblem(next)) return next;
    grown = next;
  }
  return grown;
}

function addMember(
  branches: readonly Branch[],
  name: string,
  member: unknown,
  parent: string,
  insideOr: boolean,
): readonly Branch[] | Problem {
  const path = parent === '' ? name : `${parent}.${name}`;
  if (name === '$or') return addOr(branches, member, parent);
  if (insideOr && RESERVED_INSIDE_OR.has(name)) {
    return { reason: `${name} is an operator and cannot name a field inside $or.`, path };
  }
  if (isObject(member)) return addObject(branches, member, path, insideOr);
  if (!Array.isArray(member)) return { reason: 'A field holds an array or an object.', path };
  const condition = compileField(member);
  if ('reason' in condition) return { reason: condition.reason, path };
  return branches.map((branch) => new Map([...branch, [path, condition]]));
}

function addOr(branches: readonly Branch[], member: unknown, path: string): readonly Branch[] | Problem {
  if (!Array.isArray(member) || member.length < 2 || !member.every(isObject)) {
    return { reason: '$or holds an array of at least two objects.', path };
  }
  const forked: Branch[] = [];
  for (const object of member) {
    const grown = addObject(branches, object, path, true);
    if (isProblem(grown)) return grown;
    forked.push(...grown);
  }
  return forked;
}

function isProblem(grown: readonly Branch[] | Problem): grown is Problem {
  return 'reason' in grown;
}

function compileField(elements: readonly unknown[]): FieldCondition | { readonly reason: string } {
  if (elements.length === 0) return { reason: 'A field names at least one value.' };
  const tests: ValueTest[] = [];
  let acceptsAbsence = false;
  for (const element of elements) {
    const alternative = compileAlternative(element);
    if (alternative.kind === 'refused') return alternative;
    if (alternative.kind === 'absence') acceptsAbsence = true;
    else tests.push(alternative.test);
  }
  return { acceptsAbsence, accepts: (value) => tests.some((test) => test(value)) };
}

function countCombinations(value: unknown): number {
  if (!isObject(value)) return 1;
  return Object.entries(value).reduce((product, [name, member]) => {
    if (name !== '$or' || !Array.isArray(member)) return product * countCombinations(member);
    return member.reduce(
      (inner: number, object) => inner * countCombinations(object),
      product * member.length,
    );
  }, 1);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

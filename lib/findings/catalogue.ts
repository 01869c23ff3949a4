import catalogue from './catalogue.json' with { type: 'json' };
import { suggestPaths } from './catalogue-suggestions.ts';
import { type AsffPath, EACH } from './path.ts';
import type { TypeRef } from './type-ref.ts';

export type AsffType = 'string' | 'number' | 'boolean' | 'list' | 'map' | 'structure' | 'any';

export interface KnownPath {
  readonly known: true;
  /** What stands at the path; with `[*]` in it, what each of the values is. `any` is free-form JSON. */
  readonly type: AsffType;
  /** The values that the API allows there. */
  readonly enum?: readonly string[];
  /** The path yields an array: `[*]` is in it, or the member is a list. */
  readonly list: boolean;
  /** The API takes no finding without it; of elements, none that lacks it. */
  readonly required: boolean;
  /** The type of one element where the path yields an array, else of the value: paths in it start from here. */
  readonly element: TypeRef;
}

export type PathLookup = KnownPath | { readonly known: false; readonly suggestions: readonly string[] };

export const FINDING: TypeRef = catalogue.root;

const SHAPES: Readonly<Record<string, Readonly<Record<string, TypeRef>>>> = catalogue.shapes;
const REQUIRED: Readonly<Record<string, readonly string[]>> = catalogue.required;
const ENUMS: Readonly<Record<string, readonly string[]>> = catalogue.enums;

/**
 * Says whether a path can exist in an ASFF finding and what stands there, so that a misspelt fact is refused
 * instead of never matching. `from` is the type the path starts at: a finding, or an element of one of its lists.
 * Generated from the SDK and for build time only: nothing that is bundled for the function imports it.
 */
export function lookUpPath(path: AsffPath, from: TypeRef = FINDING): PathLookup {
  const ref = resolve(path.segments, from);
  if (ref === undefined)
    return { known: false, suggestions: suggestPaths(path, from, { resolve, membersOf }) };
  const flattened = path.segments.includes(EACH) || ref.startsWith('list<');
  const values = ENUMS[(listOf(ref) ?? ref).replace('enum:', '')];
  return {
    known: true,
    type: kindOf(ref),
    ...(values === undefined ? {} : { enum: values }),
    list: flattened,
    required: isRequired(path.segments, from),
    element: listOf(ref) ?? ref,
  };
}

/** The members a path can go on with from a type; none for anything but a structure. */
export function membersOf(ref: TypeRef): Readonly<Record<string, TypeRef>> {
  return (Object.hasOwn(SHAPES, ref) ? SHAPES[ref] : undefined) ?? {};
}

/** The type without what the API names it: what operators tell apart. */
export function kindOf(ref: TypeRef): AsffType {
  if (ref.startsWith('list<')) return 'list';
  if (ref.startsWith('map<')) return 'map';
  if (ref.startsWith('enum:')) return 'string';
  if (ref === 'string' || ref === 'number' || ref === 'boolean' || ref === 'any') return ref;
  return 'structure';
}

function resolve(segments: AsffPath['segments'], from: TypeRef): TypeRef | undefined {
  let ref: TypeRef | undefined = from;
  for (const segment of segments) {
    ref = step(ref, segment);
    if (ref === undefined) return undefined;
  }
  return ref;
}

function step(ref: TypeRef, segment: AsffPath['segments'][number]): TypeRef | undefined {
  if (ref === 'any') return 'any';
  if (typeof segment !== 'string') return listOf(ref);
  if (ref.startsWith('map<')) return ref.slice('map<'.length, -1);
  const members = membersOf(ref);
  return Object.hasOwn(members, segment) ? members[segment] : undefined;
}

function isRequired(segments: AsffPath['segments'], from: TypeRef): boolean {
  return segments.every((segment, i) => {
    if (segment === EACH) return true;
    const shape = String(resolve(segments.slice(0, i), from));
    return typeof segment === 'string' && REQUIRED[shape]?.includes(segment);
  });
}

function listOf(ref: TypeRef): TypeRef | undefined {
  return ref.startsWith('list<') ? ref.slice('list<'.length, -1) : undefined;
}

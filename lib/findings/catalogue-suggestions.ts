import { nearest } from './nearest.ts';
import { type AsffPath, EACH } from './path.ts';
import type { TypeRef } from './type-ref.ts';

type Segments = AsffPath['segments'];

/** What of the catalogue a suggestion needs: handed in, so that the two files do not import each other's values. */
export interface CatalogueView {
  readonly resolve: (segments: Segments, from: TypeRef) => TypeRef | undefined;
  readonly membersOf: (ref: TypeRef) => Readonly<Record<string, TypeRef>>;
}

const LIMIT = 3;

/**
 * Finds what an author meant by a path that no finding has: a forgotten or superfluous `[*]`, a map key with dots
 * in it, a misspelt member, or a member named without the structures around it. Only existing paths are suggested.
 */
export function suggestPaths(path: AsffPath, from: TypeRef, view: CatalogueView): readonly string[] {
  const repaired = repair([], from, path.segments, view).map(printPath);
  const elsewhere = repaired.length === 0 ? nearestElsewhere(path.text, from, view) : [];
  return [...new Set([...repaired, ...elsewhere])].slice(0, LIMIT);
}

/** Walks the path from the type on, mending what does not fit; the likeliest mending first. */
function repair(done: Segments, at: TypeRef, rest: Segments, view: CatalogueView): readonly Segments[] {
  const [segment, ...after] = rest;
  if (segment === undefined) return [done];
  const next = view.resolve([segment], at);
  if (next !== undefined) {
    const found = repair([...done, segment], next, after, view);
    return found.length > 0 || !at.startsWith('map<') ? found : dottedKey(done, rest);
  }
  const element = view.resolve([EACH], at);
  if (element !== undefined) return repair([...done, EACH], element, rest, view);
  if (typeof segment !== 'string') return repair(done, at, after, view);
  const members = view.membersOf(at);
  return nearest(segment, Object.keys(members)).flatMap((member) =>
    repair([...done, member], members[member] ?? at, after, view),
  );
}

/** A map's values have no members, so what follows a key in `ProductFields.a.b` was meant to be part of the key. */
function dottedKey(done: Segments, rest: Segments): readonly Segments[] {
  return rest.every((part) => typeof part === 'string') ? [[...done, rest.join('.')]] : [];
}

/** Compared without their punctuation: `SeverityLabel` is near `Severity.Label`, and `Label` names it alone. */
function nearestElsewhere(text: string, from: TypeRef, view: CatalogueView): readonly string[] {
  const byLetters = new Map<string, string>();
  for (const { member, path } of pathsBelow(from, [], 1, view)) {
    for (const letters of [lettersOf(path), lettersOf(member)]) {
      if (!byLetters.has(letters)) byLetters.set(letters, path);
    }
  }
  const exact = byLetters.get(lettersOf(text));
  const near = nearest(lettersOf(text), byLetters.keys()).map((letters) => byLetters.get(letters) ?? letters);
  return exact === undefined ? near : [exact, ...near];
}

/** Every path of up to three members but those of one resource type's details, nearest to the root first. */
function pathsBelow(
  ref: TypeRef,
  before: Segments,
  depth: number,
  view: CatalogueView,
): readonly { readonly member: string; readonly path: string }[] {
  const members = Object.entries(view.membersOf(ref)).filter(([member]) => member !== 'Details');
  const here = members.map(([member]) => ({ member, path: printPath([...before, member]) }));
  if (depth === 3) return here;
  const below = members.flatMap(([member, type]) => {
    const element = view.resolve([EACH], type);
    const next: Segments = element === undefined ? [...before, member] : [...before, member, EACH];
    return pathsBelow(element ?? type, next, depth + 1, view);
  });
  return [...here, ...below];
}

function lettersOf(text: string): string {
  return text.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
}

function printPath(segments: Segments): string {
  return segments
    .map((segment, i) => {
      if (segment === EACH) return '[*]';
      if (typeof segment === 'number') return `[${segment}]`;
      if (/^[A-Za-z_][A-Za-z0-9_-]*$/.test(segment)) return i === 0 ? segment : `.${segment}`;
      return `["${segment.replace(/["\\]/g, '\\$&')}"]`;
    })
    .join('');
}

/** Which element of which array of the event a value lies in. Arrays are numbered as they are met. */
export interface ArrayPosition {
  readonly array: number;
  readonly index: number;
}

/** A scalar of the event, with the array elements around it. */
export interface Leaf {
  readonly value: string | number | boolean | null;
  readonly within: readonly ArrayPosition[];
}

/**
 * Lists an event's scalars by their dotted path, with the array elements each lies in: what EventBridge compares.
 * Arrays add nothing to a path. A scalar that is itself an element carries no position, so two conditions on one
 * list of scalars may be met by different elements. Only `wantedPaths` are listed; the rest is not visited.
 */
export function flattenEvent(
  event: unknown,
  wantedPaths: Iterable<string>,
): ReadonlyMap<string, readonly Leaf[]> {
  const flattening: Flattening = { openPaths: withPrefixes(wantedPaths), leaves: new Map(), arrays: 0 };
  if (typeof event === 'object' && event !== null) visit(flattening, event, '', []);
  return flattening.leaves;
}

interface Flattening {
  readonly openPaths: ReadonlySet<string>;
  readonly leaves: Map<string, Leaf[]>;
  /** Met so far. */
  arrays: number;
}

function visit(into: Flattening, value: unknown, path: string, within: readonly ArrayPosition[]): void {
  if (isScalar(value)) {
    listAt(into.leaves, path).push({ value, within });
  } else if (Array.isArray(value)) {
    const array = into.arrays;
    into.arrays += 1;
    for (const [index, element] of value.entries()) {
      visit(into, element, path, isScalar(element) ? within : [...within, { array, index }]);
    }
  } else {
    for (const [name, member] of Object.entries(value as object)) {
      const memberPath = path === '' ? name : `${path}.${name}`;
      if (into.openPaths.has(memberPath)) visit(into, member, memberPath, within);
    }
  }
}

function listAt(leaves: Map<string, Leaf[]>, path: string): Leaf[] {
  const listed = leaves.get(path) ?? [];
  leaves.set(path, listed);
  return listed;
}

function isScalar(value: unknown): value is Leaf['value'] {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

/** A name may hold dots itself, so every dot counts as a possible end of a step. */
function withPrefixes(paths: Iterable<string>): ReadonlySet<string> {
  const prefixes = new Set<string>();
  for (const path of paths) {
    for (let dot = path.indexOf('.'); dot !== -1; dot = path.indexOf('.', dot + 1))
      prefixes.add(path.slice(0, dot));
    prefixes.add(path);
  }
  return prefixes;
}

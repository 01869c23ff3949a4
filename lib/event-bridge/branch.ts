import type { ArrayPosition, Leaf } from './flatten-event.ts';

/** What one field of a pattern asks: any of the alternatives written in its array. */
export interface FieldCondition {
  readonly accepts: (value: Leaf['value']) => boolean;
  /** Whether `{"exists": false}` is among the alternatives. */
  readonly acceptsAbsence: boolean;
}

/** A pattern without `$or`: every field's condition, by the field's dotted path. */
export type Branch = ReadonlyMap<string, FieldCondition>;

/**
 * Whether an event meets all conditions of a branch, each array answering with one element for all its fields.
 * Conditions are tried in the order of their paths; absence is looked for only in the elements that conditions
 * named earlier have chosen, which makes `exists: false` depend on the order of names, as it does in EventBridge.
 */
export function branchMatches(branch: Branch, leaves: ReadonlyMap<string, readonly Leaf[]>): boolean {
  let choices: Iterable<Choice> = [EMPTY_CHOICE];
  for (const [path, condition] of [...branch].sort(byPath)) {
    const extended = new Map<string, Choice>();
    for (const choice of choices) {
      for (const next of extend(choice, condition, leaves.get(path) ?? [])) extended.set(keyOf(next), next);
    }
    if (extended.size === 0) return false;
    choices = extended.values();
  }
  return true;
}

/** The element chosen in each array so far. */
type Choice = ReadonlyMap<number, number>;
const EMPTY_CHOICE: Choice = new Map();

function* extend(choice: Choice, condition: FieldCondition, leaves: readonly Leaf[]): Iterable<Choice> {
  const reachable = leaves.filter((leaf) => leaf.within.every((position) => agrees(choice, position)));
  if (reachable.length === 0 && condition.acceptsAbsence) yield choice;
  for (const leaf of reachable) {
    if (condition.accepts(leaf.value)) {
      yield new Map([...choice, ...leaf.within.map(({ array, index }) => [array, index] as const)]);
    }
  }
}

function agrees(choice: Choice, position: ArrayPosition): boolean {
  const chosen = choice.get(position.array);
  return chosen === undefined || chosen === position.index;
}

function keyOf(choice: Choice): string {
  return [...choice]
    .sort(([a], [b]) => a - b)
    .map(([array, index]) => `${array}:${index}`)
    .join();
}

function byPath([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

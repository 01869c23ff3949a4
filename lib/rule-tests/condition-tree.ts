import { isObject, takesConditions } from '../rules/condition-sites.ts';
import type { Condition, LeafCondition } from '../rules/rule.ts';
import type { Ruleset } from '../rules/ruleset.ts';
import type { JsonPath } from '../rules/source.ts';

/** A comparison of a rule, shared conditions written out. */
export interface Leaf {
  readonly leaf: LeafCondition;
  /** What `because` may call it: its name, those of the blocks around it and of the shared condition it is from. */
  readonly labels: readonly string[];
  /** Whether being true is what keeps the rule from matching: an odd number of `not` stand around it. */
  readonly negated: boolean;
  /** Where it stands in the written-out conditions. */
  readonly at: JsonPath;
  /** Where it stands in the rule; of a shared condition, where the reference to it stands. */
  readonly path: JsonPath;
  /** Whether it asks one element of a list, within a comparison of the list. The engine's trace leaves these out. */
  readonly onElement: boolean;
}

/** Writes shared conditions out, so that a rule can be read, and changed, without touching its neighbours. */
export function inlineConditions(condition: Condition, shared: Ruleset['conditions']): Condition {
  if ('all' in condition)
    return { ...condition, all: condition.all.map((item) => inlineConditions(item, shared)) };
  if ('any' in condition)
    return { ...condition, any: condition.any.map((item) => inlineConditions(item, shared)) };
  if ('not' in condition) return { ...condition, not: inlineConditions(condition.not, shared) };
  if (!('condition' in condition)) return condition;
  const target = shared[condition.condition];
  // Loading refuses references that lead nowhere.
  if (target === undefined) throw new Error(`There is no condition "${condition.condition}".`);
  return inlineConditions(target, shared);
}

/** Lists the comparisons of a rule in its order: those of the trace, and within them those on elements. */
export function leavesOf(condition: Condition, shared: Ruleset['conditions']): readonly Leaf[] {
  const leaves: Leaf[] = [];
  visit(condition, {
    at: [],
    path: ['conditions'],
    labels: [],
    negated: false,
    onElement: false,
    pinned: false,
  });
  return leaves;

  function visit(node: Condition, place: Place): void {
    const labels = node.name === undefined ? place.labels : [...place.labels, node.name];
    const inside = (...steps: JsonPath): Place => ({
      ...place,
      labels,
      at: [...place.at, ...steps],
      path: place.pinned ? place.path : [...place.path, ...steps],
    });
    if ('all' in node) visitAll(node.all, inside('all'));
    else if ('any' in node) visitAll(node.any, inside('any'));
    else if ('not' in node) visit(node.not, { ...inside('not'), negated: !place.negated });
    else if ('condition' in node) {
      const target = shared[node.condition];
      const shownAs = { ...inside(), labels: [...labels, node.condition], pinned: true };
      if (target !== undefined) visit(target, shownAs);
    } else {
      leaves.push({ ...place, leaf: node, labels });
      const block = elementBlockOf(node);
      if (block !== null) visit(block, { ...inside('value'), onElement: true });
    }
  }

  function visitAll(nodes: readonly Condition[], place: Place): void {
    for (const [i, node] of nodes.entries()) {
      visit(node, { ...place, at: [...place.at, i], path: place.pinned ? place.path : [...place.path, i] });
    }
  }
}

function elementBlockOf({ operator, value }: LeafCondition): Condition | null {
  return takesConditions(operator) && isObject(value) ? (value as unknown as Condition) : null;
}

interface Place extends Omit<Leaf, 'leaf'> {
  /** Inside a shared condition, whose own places are not the rule's. */
  readonly pinned: boolean;
}

/** What an author recognises a comparison by. */
export function titleOf({ leaf }: Leaf): string {
  return leaf.name ?? `${leaf.fact} ${leaf.operator}`;
}

import { OPERATORS, readOperator } from './operators.ts';
import type { JsonPath } from './source.ts';

type Members = Readonly<Record<string, unknown>>;

/** A comparison in a file, unchecked: `fact`, `operator` and `value` may be anything. */
export interface LeafSite {
  readonly path: JsonPath;
  readonly leaf: Members;
  /** The comparisons with element operators around it, from the outside in: its fact is relative to their element. */
  readonly within: readonly LeafSite[];
}

/** A reference to a named condition in a file, unchecked. */
export interface ReferenceSite {
  readonly path: JsonPath;
  readonly name: unknown;
  readonly within: readonly LeafSite[];
}

/** A block `all`, `any` or `not` in a file, or something that is no condition at all. */
export interface NodeSite {
  readonly path: JsonPath;
  readonly node: unknown;
  readonly kind: 'block' | 'leaf' | 'reference' | 'none';
  /** Must be a block or a reference: a root, or the block of an element operator. */
  readonly isRoot: boolean;
  readonly within: readonly LeafSite[];
}

export interface ConditionSites {
  readonly nodes: readonly NodeSite[];
  readonly leaves: readonly LeafSite[];
  readonly references: readonly ReferenceSite[];
}

export const BLOCK_MEMBERS = ['all', 'any', 'not', 'condition'] as const;

/** Whether the operator, decorated or not, takes a block of conditions on elements as its value. */
export function takesConditions(operator: unknown): boolean {
  const read = typeof operator === 'string' ? readOperator(operator) : null;
  return read !== null && OPERATORS[read.operator].value === 'conditions';
}

export function isObject(value: unknown): value is Members {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** Lists every part of a condition, whatever is wrong with it, so that each check looks at all of them. */
export function findConditionSites(root: unknown, path: JsonPath): ConditionSites {
  const sites = { nodes: [] as NodeSite[], leaves: [] as LeafSite[], references: [] as ReferenceSite[] };
  visit(root, path, true, [], sites);
  return sites;
}

function visit(
  node: unknown,
  path: JsonPath,
  isRoot: boolean,
  within: readonly LeafSite[],
  sites: { nodes: NodeSite[]; leaves: LeafSite[]; references: ReferenceSite[] },
): void {
  const kind = kindOf(node);
  sites.nodes.push({ path, node, kind, isRoot, within });
  if (!isObject(node)) return;
  for (const child of childrenOf(node)) visit(child.node, [...path, ...child.path], false, within, sites);
  if ('condition' in node) {
    sites.references.push({ path: [...path, 'condition'], name: node.condition, within });
  }
  if (kind !== 'leaf') return;
  const leaf = { path, leaf: node, within };
  sites.leaves.push(leaf);
  if (!('value' in node) || !takesConditions(node.operator)) return;
  visit(node.value, [...path, 'value'], true, [...within, leaf], sites);
}

function childrenOf(node: Members): readonly { readonly path: JsonPath; readonly node: unknown }[] {
  const lists = (['all', 'any'] as const).flatMap((member) => {
    const items = node[member];
    return Array.isArray(items) ? items.map((item, i) => ({ path: [member, i], node: item })) : [];
  });
  return 'not' in node ? [...lists, { path: ['not'], node: node.not }] : lists;
}

function kindOf(node: unknown): NodeSite['kind'] {
  if (!isObject(node)) return 'none';
  if ('all' in node || 'any' in node || 'not' in node) return 'block';
  if ('condition' in node) return 'reference';
  return 'fact' in node || 'operator' in node || 'value' in node ? 'leaf' : 'none';
}

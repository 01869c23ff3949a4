import type { Condition, LeafCondition } from '../rules/rule.ts';

/** A comparison with values of its fact that make it true and false, for the tests; undefined is an absent fact. */
export interface Probe {
  readonly leaf: LeafCondition;
  readonly hit: unknown;
  readonly miss: unknown;
}

/** Conditions as an importer makes them. */
export type Tree =
  | Probe
  | { readonly name?: string; readonly all: readonly Tree[] }
  | { readonly name?: string; readonly any: readonly Tree[] }
  | { readonly name?: string; readonly not: Tree };

/** The conditions that rules hold. */
export function conditionOf(tree: Tree): Condition {
  if ('leaf' in tree) return tree.leaf;
  const name = tree.name === undefined ? {} : { name: tree.name };
  if ('all' in tree) return { ...name, all: tree.all.map(conditionOf) };
  if ('any' in tree) return { ...name, any: tree.any.map(conditionOf) };
  return { ...name, not: conditionOf(tree.not) };
}

/** One criterion of several comparisons, or the only one there is, under this name. */
export function named(name: string, group: 'all' | 'any', trees: readonly Tree[]): Tree {
  const [only, second] = trees;
  if (only !== undefined && second === undefined) return rename(only, name);
  return group === 'all' ? { name, all: trees } : { name, any: trees };
}

function rename(tree: Tree, name: string): Tree {
  if (!('leaf' in tree)) return { ...tree, name };
  const { name: _, ...leaf } = tree.leaf;
  return { ...tree, leaf: { name, ...leaf } };
}

/** The comparisons of a tree. */
export function probesOf(tree: Tree): readonly Probe[] {
  if ('leaf' in tree) return [tree];
  if ('not' in tree) return probesOf(tree.not);
  return ('all' in tree ? tree.all : tree.any).flatMap(probesOf);
}

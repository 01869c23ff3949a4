import { Engine } from 'json-rules-engine';
import type { Finding } from '../findings/finding.ts';
import { compileGetter, type EACH, parsePath } from '../findings/path.ts';
import { operatorOf } from '../rules/engine/engine-internals.ts';
import { createOperators } from '../rules/engine/engine-operators.ts';
import type { Probe, Tree } from './tree.ts';

/** A tree and what is to come of it. */
export interface Demand {
  readonly tree: Tree;
  readonly holds: boolean;
}

const MOST_ROUNDS = 4;

/** Judges trees as the engine would and changes findings until they come out as demanded. */
export function createProber(nowMs: number) {
  const engine = new Engine([], { allowUndefinedFacts: true });
  for (const operator of createOperators(nowMs)) engine.addOperator(operator);

  const probeHolds = ({ leaf }: Probe, finding: Finding): boolean => {
    const path = parsePath(leaf.fact);
    const value = path === null ? undefined : compileGetter(path)(finding);
    return operatorOf(engine, leaf.operator)?.evaluate(value, leaf.value) === true;
  };

  const holds = (tree: Tree, finding: Finding): boolean => {
    if ('leaf' in tree) return probeHolds(tree, finding);
    if ('not' in tree) return !holds(tree.not, finding);
    return 'all' in tree
      ? tree.all.every((inner) => holds(inner, finding))
      : tree.any.some((inner) => holds(inner, finding));
  };

  const bend = (finding: Finding, { tree, holds: wanted }: Demand): Finding => {
    if (holds(tree, finding) === wanted) return finding;
    if ('leaf' in tree) return withFact(finding, tree.leaf.fact, wanted ? tree.hit : tree.miss);
    if ('not' in tree) return bend(finding, { tree: tree.not, holds: !wanted });
    const inner = 'all' in tree ? tree.all : tree.any;
    // One is enough to fail an `all` or to fulfil an `any`; else it takes each of them.
    const needed = 'all' in tree === wanted ? inner : inner.slice(0, 1);
    return needed.reduce((changed, part) => bend(changed, { tree: part, holds: wanted }), finding);
  };

  /** A finding like this one that meets all demands; undefined where none was found. */
  const meet = (finding: Finding, demands: readonly Demand[]): Finding | undefined => {
    let changed = finding;
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      changed = demands.reduce(bend, changed);
      if (demands.every(({ tree, holds: wanted }) => holds(tree, changed) === wanted)) return changed;
    }
    return undefined;
  };

  return { holds, meet };
}

/** The finding with this value at the path: in the first element of a list, as a list of one where the path ends in one. */
function withFact(finding: Finding, fact: string, value: unknown): Finding {
  const segments = parsePath(fact)?.segments ?? [];
  const isList = fact === 'Types';
  return put(finding, segments, isList && value !== undefined ? [value] : value) as Finding;
}

function put(holder: unknown, segments: readonly (string | number | typeof EACH)[], value: unknown): unknown {
  const [segment, ...rest] = segments;
  if (segment === undefined) return value;
  if (typeof segment !== 'string') {
    const [first, ...others] = Array.isArray(holder) ? holder : [];
    return [put(first, rest, value), ...others];
  }
  const members =
    holder !== null && typeof holder === 'object' ? (holder as Readonly<Record<string, unknown>>) : {};
  const inner = put(members[segment], rest, value);
  const { [segment]: _, ...others } = members;
  return inner === undefined ? others : { ...members, [segment]: inner };
}

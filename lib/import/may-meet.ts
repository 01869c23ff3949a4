import { findConditionSites } from '../rules/condition-sites.ts';
import { canMeet } from '../rules/meeting/meet.ts';
import { createSpace } from '../rules/meeting/space.ts';
import { parseSource } from '../rules/parse-source.ts';
import type { ConditionFile } from '../rules/workspace.ts';
import { NO_NEIGHBOURS } from './no-neighbours.ts';
import { conditionOf, type Tree } from './tree.ts';

/** Tells whether one finding can fulfil two trees; false only where that is certain. */
export function createMayMeet(nowMs: number): (a: Tree, b: Tree) => boolean {
  const space = createSpace(NO_NEIGHBOURS, nowMs);
  const files = new Map<Tree, ConditionFile>();
  const fileOf = (tree: Tree): ConditionFile => {
    const file = files.get(tree) ?? conditionFileOf(tree);
    files.set(tree, file);
    return file;
  };
  return (a, b) => canMeet(fileOf(a), fileOf(b), space).can !== 'no';
}

/** Conditions that no file holds, as the checks of files take them. */
export function conditionFileOf(tree: Tree): ConditionFile {
  const condition = conditionOf(tree);
  const { source } = parseSource({ file: '', label: '' }, JSON.stringify({ condition }));
  return {
    kind: 'condition',
    name: '',
    source,
    value: { condition },
    root: ['condition'],
    sites: findConditionSites(condition, ['condition']),
  };
}

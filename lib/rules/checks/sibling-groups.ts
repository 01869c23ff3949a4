import { BLOCK_MEMBERS, isObject } from '../condition-sites.ts';
import { diagnose, quote } from '../diagnostic.ts';
import type { FileCheck } from '../workspace.ts';

/** One object is one condition: of `all` beside `any` the engine reads one and ignores the other without a word. */
export const checkSiblingGroups: FileCheck = ({ source, sites }) =>
  sites.nodes.flatMap(({ node, path }) => {
    if (!isObject(node)) return [];
    const blocks = BLOCK_MEMBERS.filter((name) => Object.hasOwn(node, name));
    const leaf = ['fact', 'operator', 'value'].filter((name) => Object.hasOwn(node, name));
    const [first, second] = [...blocks, ...(blocks.length > 0 ? leaf : [])];
    if (first === undefined || second === undefined) return [];
    const message = `${quote(second)} stands beside ${quote(first)}; only one of them would be read.`;
    const help = 'Put them into one more block: { "all": [ { … }, { … } ] }.';
    return [diagnose(source, { path: [...path, second], part: 'key' }, 'TR104', message, help)];
  });

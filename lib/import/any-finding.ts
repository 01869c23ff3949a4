import type { Tree } from './tree.ts';

/** What a rule asks that asks for nothing: the engine takes no empty block. */
export const ANY_FINDING: Tree = {
  leaf: { name: 'any finding', fact: 'Id', operator: 'exists', value: true },
  hit: 'finding',
  miss: undefined,
};

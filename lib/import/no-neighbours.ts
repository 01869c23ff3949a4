import { DEFAULT_CONFIG } from '../rules/ruleset.ts';
import type { Workspace } from '../rules/workspace.ts';

/** Where only what findings can hold matters, and no other rule, list or account. */
export const NO_NEIGHBOURS: Workspace = {
  rules: [],
  conditions: new Map(),
  lists: new Map(),
  accounts: {},
  config: DEFAULT_CONFIG,
};

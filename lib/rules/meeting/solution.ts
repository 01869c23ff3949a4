import type { Literal } from './literal.ts';

/** Values of facts (paths) that fulfil literals; facts of our own by their name. */
export type Assignment = ReadonlyMap<string, unknown>;

/**
 * Whether literals can hold on one finding. `yes` brings the values, `no` those that cannot hold together, and
 * `unknown` says that operators are in play whose values cannot all be tried.
 */
export type Solution =
  | { readonly can: 'yes'; readonly values: Assignment }
  | { readonly can: 'no'; readonly clash: readonly Literal[] }
  | { readonly can: 'unknown' };

export const UNKNOWN: Solution = { can: 'unknown' };

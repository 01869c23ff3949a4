import type { Ruleset } from '../../ruleset.ts';
import { branchesOf } from './demand.ts';
import type { Entry } from './index-tree.ts';
import { testCostOf } from './test-cost.ts';

/** What the index of a ruleset is built of, as plain JSON: worked out when the asset is made, not at a cold start. */
export interface IndexEntries {
  /** The ruleset's own version: entries of another ruleset would leave rules out. */
  readonly version: string;
  readonly entries: readonly Entry[];
}

/** Works out, for every rule, what must be so wherever it holds. */
export function indexEntriesOf(ruleset: Ruleset): IndexEntries {
  return {
    version: ruleset.version,
    entries: ruleset.rules.flatMap(({ conditions }, rule) => {
      const cost = testCostOf(conditions);
      return branchesOf(conditions, ruleset).map((demands) => ({ rule, cost, demands }));
    }),
  };
}

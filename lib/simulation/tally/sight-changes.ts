import type { Verdict } from '../decide/verdict.ts';
import { isSightChange, SIGHT_CHANGES } from '../hiding.ts';
import type { Comparison, SightChange } from '../simulation-report.ts';
import { createColumn } from './column.ts';
import { createSpread } from './spread.ts';

/** The findings that go out of sight or come back, as numbers: twelve bytes each, and none of all the others. */
export interface SightChanges {
  /** @param account as a number, −1 where it is none. */
  readonly add: (snapshot: number, account: number) => void;
  /**
   * Counts those that are the newest of their finding.
   *
   * @param verdictAt null where a newer state was read.
   * @param updatedMsAt −Infinity where the finding does not say it.
   */
  readonly counted: (
    verdictAt: (snapshot: number) => Verdict | null,
    updatedMsAt: (snapshot: number) => number,
  ) => Comparison['spread'];
}

export function createSightChanges(): SightChanges {
  const snapshots = createColumn((capacity) => new Uint32Array(capacity));
  const accounts = createColumn((capacity) => new Float64Array(capacity));
  return {
    add(snapshot, account) {
      snapshots.push(snapshot);
      accounts.push(account);
    },
    counted(verdictAt, updatedMsAt) {
      const spreads = SIGHT_CHANGES.map((change) => [change, createSpread()] as const);
      const spreadOf = new Map<SightChange, ReturnType<typeof createSpread>>(spreads);
      for (let i = 0; i < snapshots.length(); i += 1) {
        const snapshot = snapshots.at(i);
        const verdict = verdictAt(snapshot);
        if (verdict === null || !isSightChange(verdict.change)) continue;
        spreadOf.get(verdict.change)?.add(updatedMsAt(snapshot), accounts.at(i), verdict.dueTo);
      }
      return Object.fromEntries(
        spreads.map(([change, spread]) => [change, spread.spread()]),
      ) as Comparison['spread'];
    },
  };
}

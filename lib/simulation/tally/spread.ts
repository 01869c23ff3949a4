import type { Spread } from '../simulation-report.ts';

const DAY_MS = 86_400_000;
/** Ten years. */
const MOST_DAYS = 4_000;
const MOST_PAIRS = 10_000;
const UNKNOWN_ACCOUNT = 'unknown';

export interface SpreadCounter {
  /** A finding: when it was updated (−Infinity for unknown), its account as a number (−1 for none), and its rules. */
  readonly add: (updatedMs: number, account: number, rules: readonly string[]) => void;
  readonly spread: () => Spread;
}

/**
 * Counts findings by day, and by account and rule. Eight bytes a finding and rule are kept: there may be as many pairs
 * as findings, and an object of each would be what the memory goes to.
 */
export function createSpread(): SpreadCounter {
  const days = new Map<number, number>();
  const accountsOf = new Map<string, number[]>();
  let undated = 0;
  return {
    add(updatedMs, account, rules) {
      if (Number.isFinite(updatedMs)) {
        const day = Math.floor(updatedMs / DAY_MS);
        days.set(day, (days.get(day) ?? 0) + 1);
      } else undated += 1;
      for (const rule of rules.length === 0 ? [''] : rules) {
        const accounts = accountsOf.get(rule);
        if (accounts === undefined) accountsOf.set(rule, [account]);
        else accounts.push(account);
      }
    },
    spread: () => ({ ...byDay(days), undated, ...byAccountAndRule(accountsOf) }),
  };
}

function byDay(days: ReadonlyMap<number, number>): Pick<Spread, 'byDay' | 'earlier'> {
  const inOrder = [...days].sort(([a], [b]) => a - b);
  const cut = Math.max(0, inOrder.length - MOST_DAYS);
  return {
    byDay: inOrder
      .slice(cut)
      .map(([day, count]) => ({ day: new Date(day * DAY_MS).toISOString().slice(0, 10), count })),
    earlier: inOrder.slice(0, cut).reduce((sum, [, count]) => sum + count, 0),
  };
}

/** The pairs of one rule: sorted numbers, of which equal ones stand together. */
interface OfRule {
  readonly rule: string;
  readonly accounts: Float64Array;
  readonly counts: Uint32Array;
}

function byAccountAndRule(
  accountsOf: ReadonlyMap<string, readonly number[]>,
): Pick<Spread, 'byAccountAndRule' | 'more'> {
  const ofRules = [...accountsOf]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([rule, accounts]) => countRuns(rule, accounts));
  const pairs = ofRules.reduce((sum, { counts }) => sum + counts.length, 0);
  const { least, atLeast } = heaviest(ofRules, pairs);
  const kept: { account: number; rule: string; count: number }[] = [];
  const more = { pairs: 0, findings: 0 };
  let room = atLeast;
  for (const { rule, accounts, counts } of ofRules)
    for (const [i, count] of counts.entries()) {
      if (count > least || (count === least && room > 0)) {
        if (count === least) room -= 1;
        kept.push({ account: accounts[i] ?? -1, rule, count });
      } else {
        more.pairs += 1;
        more.findings += count;
      }
    }
  kept.sort((a, b) => a.account - b.account || (a.rule < b.rule ? -1 : 1));
  return {
    byAccountAndRule: kept.map(({ account, rule, count }) => ({ account: digitsOf(account), rule, count })),
    more,
  };
}

function countRuns(rule: string, unsorted: readonly number[]): OfRule {
  const sorted = Float64Array.from(unsorted).sort();
  const isFirst = (account: number, i: number) => i === 0 || account !== sorted[i - 1];
  const accounts = sorted.filter(isFirst);
  const counts = new Uint32Array(accounts.length);
  let run = -1;
  for (const [i, account] of sorted.entries()) {
    if (isFirst(account, i)) run += 1;
    counts[run] = (counts[run] ?? 0) + 1;
  }
  return { rule, accounts, counts };
}

/** The least count that a list of the heaviest pairs still has, and how many of just that count have room in it. */
function heaviest(
  ofRules: readonly OfRule[],
  pairs: number,
): { readonly least: number; readonly atLeast: number } {
  if (pairs <= MOST_PAIRS) return { least: 0, atLeast: 0 };
  const counts = new Uint32Array(pairs);
  let at = 0;
  for (const ofRule of ofRules) {
    counts.set(ofRule.counts, at);
    at += ofRule.counts.length;
  }
  counts.sort();
  const least = counts[pairs - MOST_PAIRS] ?? 0;
  const above = counts.length - 1 - counts.lastIndexOf(least);
  return { least, atLeast: MOST_PAIRS - above };
}

function digitsOf(account: number): string {
  return account < 0 ? UNKNOWN_ACCOUNT : String(account).padStart(12, '0');
}

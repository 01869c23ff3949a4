import type { Leaf } from './leaf.ts';
import { patternOfWay, type Way, without } from './way.ts';

/** Branches as a pattern has them below `detail.findings`, and the combinations that EventBridge counts for them. */
export interface Branches {
  readonly findings: object;
  readonly combinations: number;
}

/**
 * Writes branches as alternatives. The field that most of them share at length is written once, before alternatives of
 * its own: once, because the sizes of all `$or` multiply, and no path may stand inside and beside one.
 */
export function branchesOfWays(ways: readonly Way[]): Branches {
  const shared = mostShared(ways);
  const inside = ways.filter(
    ({ leaves }) => shared !== null && leaves.size > 1 && leaves.get(shared.path)?.text === shared.text,
  );
  const flat = ways.filter((way) => !inside.includes(way)).map(patternOfWay);
  if (shared === null) return { findings: alternatives(flat), combinations: flat.length };
  const group = {
    ...patternOfWay({ leaves: new Map([[shared.path, shared]]), rules: [] }),
    $or: inside.map((way) => patternOfWay(without(way, shared.path))),
  };
  const branches = [...flat, group];
  return { findings: alternatives(branches), combinations: branches.length * inside.length };
}

function alternatives(branches: readonly object[]): object {
  const [only] = branches;
  return branches.length === 1 && only !== undefined ? only : { $or: branches };
}

/** What writing a field before alternatives of its own takes: `"$or":[],` and braces. */
const OVERHEAD = 12;

function mostShared(ways: readonly Way[]): Leaf | null {
  const counts = new Map<string, { readonly leaf: Leaf; saved: number }>();
  for (const { leaves } of ways) {
    if (leaves.size < 2) continue;
    for (const leaf of leaves.values()) {
      const known = counts.get(leaf.text) ?? { leaf, saved: -leaf.text.length - OVERHEAD };
      known.saved += leaf.text.length;
      counts.set(leaf.text, known);
    }
  }
  const best = [...counts.values()].reduce<{ readonly leaf: Leaf; saved: number } | null>(
    (known, one) => (one.saved > (known?.saved ?? 0) ? one : known),
    null,
  );
  return best?.leaf ?? null;
}

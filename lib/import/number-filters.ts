import type { Refusal } from './remark.ts';
import { named, type Probe, type Tree } from './tree.ts';

const BOUNDS = {
  Eq: { operator: 'equal', miss: 1 },
  Gte: { operator: 'greaterThanInclusive', miss: -1 },
  Lte: { operator: 'lessThanInclusive', miss: 1 },
  Gt: { operator: 'greaterThan', hit: 1, miss: 0 },
  Lt: { operator: 'lessThan', hit: -1, miss: 0 },
} as const;

/** Number filters: one of them holds, with all of its bounds. */
export function readNumberFilters(
  name: string,
  fact: string,
  filters: readonly Readonly<Record<string, unknown>>[],
): readonly Tree[] | Refusal {
  const ranges: Tree[] = [];
  for (const filter of filters) {
    const entries = Object.entries(filter);
    const wrong = entries.find(([bound, value]) => !(bound in BOUNDS) || typeof value !== 'number');
    if (wrong !== undefined)
      return { refused: `${name} has the bound ${JSON.stringify(wrong[0])}, which is none we know.` };
    if (entries.length === 0) return { refused: `${name} has a filter without a bound.` };
    const probes = entries.map(([bound, value]) =>
      probeOf(fact, bound as keyof typeof BOUNDS, value as number),
    );
    ranges.push(probes.length === 1 ? (probes[0] as Probe) : { all: probes });
  }
  return ranges.length === 0 ? [] : [named(name, 'any', ranges)];
}

function probeOf(fact: string, bound: keyof typeof BOUNDS, value: number): Probe {
  const { operator, miss, ...rest } = BOUNDS[bound];
  const hit = 'hit' in rest ? rest.hit : 0;
  return { leaf: { fact, operator, value }, hit: value + hit, miss: value + miss };
}

/** Numbers that look random and are the same on every machine, so that two runs and two versions see the same work. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** An integer in [0, below). */
  int(below: number): number;
  pick<T>(items: readonly T[]): T;
  /** `count` distinct items. */
  sample<T>(items: readonly T[], count: number): readonly T[];
  chance(share: number): boolean;
  /** Lower-case hexadecimal digits. */
  hex(digits: number): string;
}

/** A 32-bit counter whose every step is mixed: Weyl sequence and multiplicative finisher. */
export function createRandom(seed: number): Random {
  let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const int = (below: number): number => Math.floor(next() * below);
  const at = <T>(items: readonly T[], index: number): T => {
    if (index >= items.length) throw new Error('Nothing can be picked from an empty list.');
    return items[index] as T;
  };
  return {
    next,
    int,
    pick: (items) => at(items, int(items.length)),
    sample: (items, count) => {
      const pool = [...items];
      const taken = [];
      for (let i = 0; i < Math.min(count, items.length); i += 1) {
        const [item] = pool.splice(int(pool.length), 1);
        if (item !== undefined) taken.push(item);
      }
      return taken;
    },
    chance: (share) => next() < share,
    hex: (digits) => Array.from({ length: digits }, () => int(16).toString(16)).join(''),
  };
}

/** Draws from items that carry a `weight`; weights need not add up to 1. */
export function weightedPick<T extends { readonly weight: number }>(
  items: readonly T[],
): (random: Random) => T {
  let total = 0;
  const bounds = items.map(({ weight }) => {
    total += weight;
    return total;
  });
  return (random) => {
    const point = random.next() * total;
    let low = 0;
    let high = bounds.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((bounds[middle] ?? 0) > point) high = middle;
      else low = middle + 1;
    }
    const item = items[low];
    if (item === undefined) throw new Error('Nothing can be picked from an empty list.');
    return item;
  };
}

/** Numbers of findings by 64 bits of their identity: some 20 bytes a finding, where a Map would take 100 and more. */
export interface IdentityTable {
  /** The number under this identity; the given one is put there where there was none (null). */
  readonly findOrPut: (low: number, high: number, number: number) => number | null;
  /** Puts another number under an identity that is there. */
  readonly replace: (low: number, high: number, number: number) => void;
}

const FIRST_CAPACITY = 4096;
const FULLEST = 0.6;

/** Open addressing with linear probing; a slot is free where its number is 0, so numbers are kept one higher. */
export function createIdentityTable(): IdentityTable {
  let capacity = FIRST_CAPACITY;
  let lows = new Uint32Array(capacity);
  let highs = new Uint32Array(capacity);
  let numbers = new Uint32Array(capacity);
  let used = 0;

  /** The slot of an identity, or the free one where it would go. */
  const slotOf = (low: number, high: number): number => {
    let slot = low & (capacity - 1);
    while (numbers[slot] !== 0 && (lows[slot] !== low || highs[slot] !== high))
      slot = (slot + 1) & (capacity - 1);
    return slot;
  };

  const put = (low: number, high: number, stored: number): void => {
    const slot = slotOf(low, high);
    lows[slot] = low;
    highs[slot] = high;
    numbers[slot] = stored;
  };

  const grow = (): void => {
    const [oldLows, oldHighs, oldNumbers] = [lows, highs, numbers];
    capacity *= 2;
    lows = new Uint32Array(capacity);
    highs = new Uint32Array(capacity);
    numbers = new Uint32Array(capacity);
    for (const [slot, stored] of oldNumbers.entries())
      if (stored !== 0) put(oldLows[slot] ?? 0, oldHighs[slot] ?? 0, stored);
  };

  return {
    findOrPut(low, high, number) {
      const known = numbers[slotOf(low, high)] ?? 0;
      if (known !== 0) return known - 1;
      if (used + 1 > capacity * FULLEST) grow();
      put(low, high, number + 1);
      used += 1;
      return null;
    },
    replace: (low, high, number) => put(low, high, number + 1),
  };
}

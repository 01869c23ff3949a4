/** One message of the ingest queue: when it arrives, and which of the decided findings it brings. */
export interface Delivery {
  /** Milliseconds from the start. */
  readonly atMs: number;
  /** Index of the finding. */
  readonly finding: number;
}

/**
 * Findings that arrive one by one, independently of each other, at a mean rate: a Poisson process.
 *
 * @param random numbers in [0, 1); the caller owns the seed, so that runs can be repeated.
 */
export function poissonArrivals(count: number, perSecond: number, random: () => number): readonly Delivery[] {
  let atMs = 0;
  return Array.from({ length: count }, (_, finding) => {
    atMs += (-Math.log(1 - random()) / perSecond) * 1000;
    return { atMs, finding };
  });
}

/** Findings that arrive together, as when a standard is switched on or every control is evaluated again. */
export function burstArrivals(count: number, atMs: number): readonly Delivery[] {
  return Array.from({ length: count }, (_, finding) => ({ atMs, finding }));
}

/**
 * The same deliveries with a share of them repeated: providers update a finding again, and queues deliver at least
 * once. A repetition follows after up to `withinMs`.
 */
export function withRepetitions(
  deliveries: readonly Delivery[],
  share: number,
  withinMs: number,
  random: () => number,
): readonly Delivery[] {
  const again = deliveries
    .filter(() => random() < share)
    .map(({ atMs, finding }) => ({ atMs: atMs + random() * withinMs, finding }));
  return [...deliveries, ...again].sort((a, b) => a.atMs - b.atMs);
}

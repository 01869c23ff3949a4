/** A deliberate bug that needs more luck than a short hunt has. */
export interface Rare {
  readonly why: string;
  /** Schedules it took, the median of the table in docs/reliability.md. */
  readonly schedules: number;
  /** A seed a little before one that finds it: a short hunt from there finds it too, as long as nothing is drawn otherwise. */
  readonly from: number;
}

/** By what the bug says. Only these may stay unfound in a short hunt. */
export const RARE: Readonly<Record<string, Rare>> = {
  'the hourly budget of suppressions is ignored': {
    why: 'one schedule in five has a budget, and one environment must suppress more than it allows',
    schedules: 141,
    from: 130,
  },
  'of two buttons the one whose message comes last has the last word': {
    why: 'the first of two presses must fail and come back after the second, within 15 minutes, to the same environment',
    schedules: 257,
    from: 235,
  },
};

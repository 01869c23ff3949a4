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
  'a dead letter shows its finding as the oldest event of the batch does': {
    why: 'two states of one finding must come in one batch, and then be refused for good',
    schedules: 138,
    from: 180,
  },
  'postponed acts are acknowledged': {
    why: 'two buttons must be pressed on one finding within one batch, and the second must still have something to do',
    schedules: 157,
    from: 55,
  },
  'the hourly budget of suppressions is ignored': {
    why: 'one schedule in five has a budget, and one environment must suppress more than it allows',
    schedules: 225,
    from: 130,
  },
};

/** A schedule that once found a bug, kept for ever. */
export interface Regression {
  readonly seed: number;
  readonly found: string;
}

/** Every bug that the simulation has found, in the product or in its own judgement, by a seed that found it. */
export const REGRESSIONS: readonly Regression[] = [
  {
    seed: 717,
    found: 'what the budget kept back may be done by a replay: the simulation took it for a change',
  },
  ...[6708, 9767, 14493].map((seed) => ({
    seed,
    found:
      'of two states within one second the older was decided, for the later event of a batch was taken for newer',
  })),
  {
    seed: 4238,
    found: 'what SQS hands out once more was still to come when the simulation took the world for at rest',
  },
  {
    seed: 14216,
    found:
      'a finding was changed 23 times for four reasons: lost replies brought old states back, each younger than 15 minutes',
  },
  { seed: 3069, found: 'an event that came again after its update was taken for one that nobody answered' },
];

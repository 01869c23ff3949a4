/** A schedule that was taken for a breach and was none: by its seed, for there is no bug to bring back. */
export interface JudgeRegression {
  readonly seed: number;
  readonly found: string;
}

/** Errors of the simulation's own judgement. Where draws change a seed becomes another schedule, and shows less. */
export const JUDGE_REGRESSIONS: readonly JudgeRegression[] = [
  {
    seed: 717,
    found: 'what the budget kept back may be done by a replay: the simulation took it for a change',
  },
  { seed: 3069, found: 'an event that came again after its update was taken for one that nobody answered' },
  {
    seed: 4238,
    found: 'what SQS hands out once more was still to come when the simulation took the world for at rest',
  },
];

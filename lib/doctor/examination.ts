import type { Observation, Standing } from './observation.ts';

/** All that was looked at in one account and Region. */
export interface Examination {
  readonly region: string;
  /** Null where Security Hub CSPM did not tell it. */
  readonly accountId: string | null;
  readonly observations: readonly Observation[];
  /** When it was done, milliseconds since 1970. */
  readonly nowMs: number;
}

/** How many observations stand so. */
export function countStandings({ observations }: Examination): Readonly<Record<Standing, number>> {
  const count = (standing: Standing) => observations.filter((one) => one.standing === standing).length;
  return { fine: count('fine'), note: count('note'), wrong: count('wrong'), unseen: count('unseen') };
}

import { diagnose } from '../diagnostic.ts';
import { type DatedPlace, datedPlaces } from './dated-places.ts';
import type { LintCheck } from './lint-context.ts';

const SOON_DAYS = 30;

const SAYS: Readonly<Record<DatedPlace['of'], string>> = {
  rule: 'This rule ends',
  review: 'The review of this rule is due',
  entry: 'This entry ends',
  disable: 'This exception from lint ends',
};

/** A word in time: what ends unnoticed brings all it hid back on one morning. */
export const checkExpiresSoon: LintCheck = (context) =>
  datedPlaces(context)
    .filter(({ daysLeft }) => daysLeft > 0 && daysLeft <= SOON_DAYS)
    .map(({ source, path, day, of, daysLeft }) => {
      const message = `${SAYS[of]} on ${day}, in ${daysLeft} day${daysLeft === 1 ? '' : 's'}.`;
      return diagnose(source, { path }, 'TR204', message, 'Agree on a new day, or let it go.');
    });

import { diagnose } from '../diagnostic.ts';
import { type DatedPlace, datedPlaces } from './dated-places.ts';
import type { LintCheck } from './lint-context.ts';

const SAYS: Readonly<Record<DatedPlace['of'], { readonly what: string; readonly help: string }>> = {
  rule: { what: 'This rule ended', help: 'It matches nothing any more: delete it, or agree on a new day.' },
  review: {
    what: 'The review of this rule was due',
    help: 'Look at it again and set the next day, or delete it.',
  },
  entry: {
    what: 'This entry ended',
    help: 'It counts for nothing any more: delete it, or agree on a new day.',
  },
  disable: {
    what: 'This exception from lint ended',
    help: 'Mend the rule and delete the exception, or agree on a new day.',
  },
};

/** What has ended is to be taken out or agreed on again: left in place it says something that is not so. */
export const checkExpired: LintCheck = (context) =>
  datedPlaces(context)
    .filter(({ daysLeft }) => daysLeft <= 0)
    .map(({ source, path, day, of }) =>
      diagnose(source, { path }, 'TR203', `${SAYS[of].what} on ${day}.`, SAYS[of].help),
    );

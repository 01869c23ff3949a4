import { diagnose } from '../diagnostic.ts';
import { suppresses } from '../written-update.ts';
import { datedPlaces } from './dated-places.ts';
import type { LintCheck } from './lint-context.ts';

const MOST_DAYS = 365;

/** A year ahead, nobody knows what a suppression will hide: it is looked at every year. That it has an end is checked before. */
export const checkExpiryHorizon: LintCheck = (context) => {
  const hiding = new Set(context.rules.filter(({ file }) => suppresses(file)).map(({ rule }) => rule.name));
  return datedPlaces(context)
    .filter(
      ({ of, name, daysLeft }) =>
        (of === 'rule' || of === 'review') && hiding.has(name) && daysLeft > MOST_DAYS,
    )
    .map(({ source, path, day, of, daysLeft }) => {
      const message = `${day} is ${daysLeft} days ahead; ${of === 'rule' ? 'a suppression holds' : 'a review is due within'} at most ${MOST_DAYS}.`;
      const latest = new Date(context.now + (MOST_DAYS - 1) * 86_400_000).toISOString().slice(0, 10);
      return diagnose(
        source,
        { path },
        'TR202',
        message,
        `Take ${latest} or an earlier day; it can be prolonged then.`,
      );
    });
};

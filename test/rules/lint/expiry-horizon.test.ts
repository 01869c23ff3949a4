import { describe, expect, it } from 'vitest';
import { GUARDDUTY, leaf, lintFor, NOT_CRITICAL, rule, suppressing } from './lint-folder.ts';

const narrow = [GUARDDUTY, NOT_CRITICAL, leaf('Types', 'someFact:startsWith', 'TTPs/')];
const until = (day: string, members = {}) => rule('example', narrow, { ...suppressing(day), ...members });

describe('TR202 expiry-horizon', () => {
  it('refuses a suppression that holds for more than a year', async () => {
    expect(await lintFor('TR202', [until('2027-11-23')])).toEqual([
      '36:14 error: 2027-11-23 is 367 days ahead; a suppression holds at most 365. Take 2027-11-21 or an earlier day; it can be prolonged then.',
    ]);
  });

  it('refuses a review that far ahead', async () => {
    const review = until('never', { reasonCode: 'false-positive', reviewBy: '2028-01-01' });

    expect(await lintFor('TR202', [review])).toEqual([
      expect.stringContaining('error: 2028-01-01 is 406 days ahead; a review is due within at most 365.'),
    ]);
  });

  it('accepts the latest day it names', async () => {
    expect(await lintFor('TR202', [until('2027-11-21')])).toEqual([]);
  });

  it('leaves a rule that hides nothing to last as long as it likes', async () => {
    expect(await lintFor('TR202', [rule('example', [GUARDDUTY], { expires: '2040-01-01' })])).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { GUARDDUTY, leaf, lintFor, NOT_CRITICAL, rule, suppressing } from './lint-folder.ts';

const narrow = [GUARDDUTY, NOT_CRITICAL, leaf('Types', 'someFact:startsWith', 'TTPs/')];
const until = (day: string, members = {}) => rule('example', narrow, { ...suppressing(day), ...members });
const REVIEW = { reasonCode: 'false-positive', reviewBy: '2026-12-01' };
const LIST = {
  'context/old.json': {
    entries: ['a', { value: 'b', until: '2026-11-01' }, { value: 'c', until: '2026-12-01' }],
  },
};

describe('TR204 expires-soon', () => {
  it.each([
    ['2026-11-22', 'in 1 day'],
    ['2026-12-21', 'in 30 days'],
  ])('warns of %s', async (day, left) => {
    expect(await lintFor('TR204', [until(day)])).toEqual([
      `36:14 warning: This rule ends on ${day}, ${left}. Agree on a new day, or let it go.`,
    ]);
  });

  it.each([
    ['a review', [until('never', REVIEW)], {}, 'The review of this rule is due on 2026-12-01, in 10 days.'],
    ['an entry of a list', [until('2027-06-30')], LIST, 'This entry ends on 2026-12-01, in 10 days.'],
  ])('warns of %s', async (_, rules, files, expected) => {
    expect(await lintFor('TR204', rules, files)).toEqual([expect.stringContaining(`warning: ${expected}`)]);
  });

  it.each(['2026-11-21', '2026-12-23'])('is silent about %s', async (day) => {
    expect(await lintFor('TR204', [until(day)])).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { GUARDDUTY, leaf, lintFor, NOT_CRITICAL, rule, suppressing } from './lint-folder.ts';

const narrow = [GUARDDUTY, NOT_CRITICAL, leaf('Types', 'someFact:startsWith', 'TTPs/')];
const until = (day: string, members = {}) => rule('example', narrow, { ...suppressing(day), ...members });
const REVIEW = { reasonCode: 'false-positive', reviewBy: '2026-11-01' };
const LIST = {
  'context/old.json': {
    entries: ['a', { value: 'b', until: '2026-11-01' }, { value: 'c', until: '2026-12-01' }],
  },
};

describe('TR203 expired', () => {
  it('refuses a rule past its last day', async () => {
    expect(await lintFor('TR203', [until('2026-11-21')])).toEqual([
      '36:14 error: This rule ended on 2026-11-21. It matches nothing any more: delete it, or agree on a new day.',
    ]);
  });

  it.each([
    ['a review that was due', [until('never', REVIEW)], {}, 'The review of this rule was due on 2026-11-01.'],
    ['an entry of a list', [until('2027-06-30')], LIST, 'This entry ended on 2026-11-01.'],
    [
      'an exception from lint',
      [until('2027-06-30', { disable: [{ code: 'TR209', reason: 'x', until: '2026-11-01' }] })],
      {},
      'This exception from lint ended on 2026-11-01. Mend the rule',
    ],
  ])('refuses %s', async (_, rules, files, expected) => {
    expect(await lintFor('TR203', rules, files)).toEqual([expect.stringContaining(`error: ${expected}`)]);
  });

  it('accepts the last day itself', async () => {
    expect(await lintFor('TR203', [until('2026-11-22')])).toEqual([]);
  });
});

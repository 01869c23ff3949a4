import { describe, expect, it } from 'vitest';
import { GUARDDUTY, leaf, lintFor, rule } from './lint-folder.ts';

describe('TR108 always-true', () => {
  it.each([
    ['a member that is always there', [GUARDDUTY, leaf('Title', 'exists', true)]],
    [
      'one or the other',
      [GUARDDUTY, { any: [leaf('Region', 'equal', 'a'), { not: leaf('Region', 'equal', 'a') }] }],
    ],
    [
      'every status there is',
      [GUARDDUTY, leaf('Workflow.Status', 'in', ['NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED'])],
    ],
  ])('warns of %s', async (_, conditions) => {
    const found = await lintFor('TR108', [rule('example', conditions)]);

    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^\d+:\d+ warning: Every finding fulfils this condition\./);
  });

  it('accepts what some finding does not fulfil', async () => {
    const found = await lintFor('TR108', [rule('example', [GUARDDUTY, leaf('Region', 'exists', true)])]);

    expect(found).toEqual([]);
  });

  it('says so of whole conditions', async () => {
    const found = await lintFor('TR108', [rule('example', { any: [GUARDDUTY, { not: GUARDDUTY }] })]);

    expect(found[0]).toContain('Every finding fulfils these conditions.');
  });

  it('points at the place and says what to do', async () => {
    const found = await lintFor('TR108', [rule('example', [GUARDDUTY, leaf('Title', 'exists', true)])]);

    expect(found).toEqual([
      '12:7 warning: Every finding fulfils this condition. Take it out, or say what it should tell apart.',
    ]);
  });
});

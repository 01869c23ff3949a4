import { describe, expect, it } from 'vitest';
import { GUARDDUTY, lintFor, rule, testOf } from './lint-folder.ts';

describe('TR302 match-and-near-miss', () => {
  it.each([
    [[true], 'no near miss'],
    [[false], 'no finding that it matches'],
  ])('refuses cases that expect %j, which show %s', async (matches, lacking) => {
    const files = { 'area/example.test.json': testOf('example', ...matches) };

    const found = await lintFor('TR302', [rule('example', [GUARDDUTY])], files);

    expect(found).toEqual([
      expect.stringMatching(new RegExp(`^\\d+:\\d+ warning: The test of this rule shows ${lacking}\\.`)),
    ]);
  });

  it('takes a known gap for nothing: shows nothing', async () => {
    const cases = [
      ...testOf('example').cases.slice(0, 1),
      { name: 'g', expect: { matches: false }, knownGap: 'x' },
    ];

    const found = await lintFor('TR302', [rule('example', [GUARDDUTY])], {
      'area/example.test.json': { rule: 'example', cases },
    });

    expect(found).toHaveLength(1);
  });

  it('accepts one of each', async () => {
    expect(await lintFor('TR302', [rule('example', [GUARDDUTY])])).toEqual([]);
  });

  it('points at the place and says what to do', async () => {
    const found = await lintFor('TR302', [rule('example', [GUARDDUTY])], {
      'area/example.test.json': testOf('example', true),
    });

    expect(found).toEqual([
      '2:11 warning: The test of this rule shows no near miss. Add a case with "matches": true, and one with "matches": false and the condition that fails as "because".',
    ]);
  });
});

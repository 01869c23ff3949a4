import { describe, expect, it } from 'vitest';
import { GUARDDUTY, lintFolder, lintFor, rule, testOf } from './lint-folder.ts';

describe('TR301 untested', () => {
  it.each([
    ['enforce', 'error'],
    ['observe', 'warning'],
  ])('of mode %s is an %s', async (mode, severity) => {
    const found = await lintFor('TR301', [rule('example', [GUARDDUTY], { mode })], {
      'area/example.test.json': testOf('other'),
    });

    expect(found).toEqual([
      `2:11 ${severity}: This rule has no test. Put example.test.json beside it, with a case that matches and one that nearly does.`,
    ]);
  });

  it('is also a rule whose test has no case', async () => {
    const files = { 'area/example.test.json': { rule: 'example', cases: [] } };

    expect(await lintFor('TR301', [rule('example', [GUARDDUTY])], files)).toHaveLength(1);
  });

  it('counts a test wherever in the folder it stands', async () => {
    const { diagnostics } = await lintFolder({
      'area/example.json': rule('example', [GUARDDUTY]),
      'other/x.test.json': testOf('example'),
    });

    expect(diagnostics).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { GUARDDUTY, lintFor, rule } from './lint-folder.ts';

describe('TR402 kebab-case', () => {
  it.each([
    ['Suppress_CI', 'suppress-ci'],
    ['suppressCi', 'suppress-ci'],
  ])('warns of %s, better called %s', async (name, better) => {
    expect(await lintFor('TR402', [rule(name, [GUARDDUTY])])).toEqual([
      `2:11 warning: "${name}" is not written in small letters with hyphens. Call it "${better}", before it is deployed: marks on findings keep the old name.`,
    ]);
  });

  it('warns of shared conditions likewise', async () => {
    const shared = { 'conditions/MyShare.json': { condition: { all: [GUARDDUTY] } } };

    expect(await lintFor('TR402', [rule('example', [GUARDDUTY])], shared)).toEqual([
      expect.stringContaining('Call it "my-share"'),
    ]);
  });

  it.each(['a', 'suppress-ci', 's3-8-logs', '2fa'])('accepts %s', async (name) => {
    expect(await lintFor('TR402', [rule(name, [GUARDDUTY])])).toEqual([]);
  });
});

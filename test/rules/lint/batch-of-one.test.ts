import { describe, expect, it } from 'vitest';
import { GUARDDUTY, lintFor, rule } from './lint-folder.ts';

const writing = (params: unknown) => ({ event: { type: 'update', params } });

describe('TR209 batch-of-one', () => {
  it.each([
    '{{Id}}',
    'See {{Title}}',
    '{{Resources[0].Id}}',
    '{{ProductFields["aws/securityhub/FindingId"]}}',
  ])('warns of %s, which makes a call of each finding', async (text) => {
    const found = await lintFor('TR209', [rule('example', [GUARDDUTY], writing({ Note: { Text: text } }))]);

    expect(found).toEqual([
      expect.stringMatching(/^\d+:\d+ warning: \{\{.*\}\} differs on nearly every finding/),
    ]);
  });

  it.each(['{{account.name}}', '{{AwsAccountId}} {{Region}}', '{{Resources[0].Type}}', 'plain'])(
    'accepts %s',
    async (text) => {
      expect(
        await lintFor('TR209', [rule('example', [GUARDDUTY], writing({ Note: { Text: text } }))]),
      ).toEqual([]);
    },
  );

  it('points at the place and says what to do', async () => {
    const found = await lintFor('TR209', [
      rule('example', [GUARDDUTY], writing({ Note: { Text: 'See {{Title}}' } })),
    ]);

    expect(found).toEqual([
      '18:17 warning: {{Title}} differs on nearly every finding, so each needs a call of its own instead of one for 100. The finding says it already: leave it out, or use what many share, such as {{account.owner}}. Written here: "See {{Title}}".',
    ]);
  });
});

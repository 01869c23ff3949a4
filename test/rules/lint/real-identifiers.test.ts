import { describe, expect, it } from 'vitest';
import { GUARDDUTY, lintFor, rule } from './lint-folder.ts';

describe('TR304 real-identifiers', () => {
  it.each([
    ['an account id', { AwsAccountId: '487216390512' }],
    ['an account id in an ARN', { Id: 'arn:aws:iam::487216390512:role/x' }],
    ['an address', { Ip: 'from 8.8.8.8 to 192.0.2.1' }],
    ['an IPv6 address', { Ip: '2600:1f18::1' }],
    ['a mailbox', { Mail: 'jane@corp.io' }],
    ['a key', { Key: 'AKIAQ3EGRZ7XW2LMN4VP' }],
    ['the name of a member', { '487216390512': 'x' }],
  ])('warns of %s', async (_, sample) => {
    const found = await lintFor('TR304', [rule('example', [GUARDDUTY])], { 'samples/s.json': sample });

    expect(found).toEqual([expect.stringMatching(/^\d+:\d+ warning: ".*" looks like an? .* of somebody\./)]);
  });

  it('accepts what documentation uses', async () => {
    const sample = {
      a: 'arn:aws:iam::111122223333:role/x 123456789012',
      b: '192.0.2.1 10.1.2.3 2001:db8::1 1.2.3 12:30:45',
      c: 'jane@example.com AKIAIOSFODNN7EXAMPLE',
      d: '2026-11-20T12:00:00Z i-0123456789abcdef0 5f6a1b2c-1234-5678-9abc-111122223344',
    };

    expect(await lintFor('TR304', [rule('example', [GUARDDUTY])], { 'samples/s.json': sample })).toEqual([]);
  });

  it('points at the text within the sample and says what to write', async () => {
    const found = await lintFor('TR304', [rule('example', [GUARDDUTY])], {
      'samples/s.json': { Ip: 'from 8.8.8.8 to 192.0.2.1' },
    });

    expect(found).toEqual([
      '2:15 warning: "8.8.8.8" looks like an IP address of somebody. Samples are invented: write 192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24 or 2001:db8::/32.',
    ]);
  });
});

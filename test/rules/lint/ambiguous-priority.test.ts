import { describe, expect, it } from 'vitest';
import { GUARDDUTY, leaf, lintFolder, lintFor, rule } from './lint-folder.ts';

const writing = (params: unknown, priority = 10) => ({ priority, event: { type: 'update', params } });
const lower = (label: string, priority = 10) => writing({ Severity: { Label: label } }, priority);

describe('TR206 ambiguous-priority', () => {
  it('shows a finding that two rules of one priority decide differently', async () => {
    const rules = [
      rule('lower-recon', [GUARDDUTY, leaf('Types', 'someFact:startsWith', 'TTPs/')], lower('LOW')),
      rule(
        'raise-scans',
        [leaf('Types', 'someFact:endsWith', 'Portscan'), leaf('AwsAccountId', 'in', ['111122223333'])],
        lower('HIGH'),
      ),
    ];

    const found = await lintFor('TR206', rules);

    expect(found).toEqual([
      '4:15 error: "raise-scans" and "lower-recon" have priority 10, can match one finding, and decide Severity differently. ' +
        'Both match a finding with ProductName "GuardDuty", Types ["TTPs/","Portscan"], AwsAccountId "111122223333". ' +
        'There "lower-recon" wins by its name alone; give the two different priorities.',
    ]);
  });

  it.each([
    ['no finding is in both', [leaf('ProductName', 'equal', 'Macie')], lower('HIGH')],
    ['they want the same', [GUARDDUTY], lower('LOW')],
    ['they decide other fields', [GUARDDUTY], writing({ Confidence: 5 })],
    ['their lists add up', [GUARDDUTY], writing({ Types: ['Effects/x'] })],
    ['their priorities differ', [GUARDDUTY], lower('HIGH', 11)],
  ])('is silent where %s', async (_, conditions, members) => {
    const found = await lintFor('TR206', [
      rule('one', [GUARDDUTY], lower('LOW')),
      rule('two', conditions, members),
    ]);

    expect(found).toEqual([]);
  });

  it.each([
    [
      'a shared resource',
      leaf('Resources', 'anyElement', { all: [leaf('Type', 'equal', 'AwsS3Bucket')] }),
      leaf('Resources[*].Tags.env', 'someFact:equal', 'dev'),
    ],
    ['a simple expression', leaf('Title', 'matches', 'EC2\\..*'), leaf('Title', 'endsWith', 'open')],
    [
      'an account by what is known of it',
      leaf('account.env', 'equal', 'dev'),
      leaf('AwsAccountId', 'in', ['444455556666']),
    ],
    ['an age', leaf('ageDays', 'greaterThan', 3), leaf('CreatedAt', 'after', '2026-11-01T00:00:00Z')],
    ['a custom action', leaf('event.actionName', 'equal', 'Accept'), leaf('Title', 'includes', 'x')],
    [
      'networks inside each other',
      leaf('ProductFields.ip', 'inCidr', '192.0.2.0/24'),
      leaf('ProductFields.ip', 'inCidr', '192.0.2.128/25'),
    ],
    [
      'an element at a place',
      leaf('Vulnerabilities[0].Id', 'startsWith', 'CVE-'),
      leaf('Vulnerabilities', 'everyElement', { all: [leaf('FixAvailable', 'equal', 'NO')] }),
    ],
  ])('finds an example through %s, which the engine confirms', async (_, one, other) => {
    const found = await lintFor('TR206', [
      rule('one', [one], lower('LOW')),
      rule('two', [other], lower('HIGH')),
    ]);

    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^\d+:\d+ error: .* can match one finding/);
  });

  it('lets rows of exceptions overlap: whichever reason the note tells, the finding is suppressed', async () => {
    const row = (id: string, subject: object) => ({
      id,
      ...subject,
      accounts: ['111122223333'],
      until: '2027-06-30',
      reasonCode: 'accepted-risk',
      reason: `Agreed as ${id}`,
      ticket: 'RISK-1',
      owner: '@acme/data',
    });
    const exceptions = [row('by-control', { control: 'KMS.4' }), row('by-title', { title: 'KMS*' })];

    const { diagnostics, rules } = await lintFolder({ 'exceptions/data.json': { exceptions } });

    expect(rules).toBe(2);
    expect(diagnostics.filter(({ code }) => code === 'TR206')).toEqual([]);
  });

  it('says that it guesses where operators leave it open', async () => {
    const rules = [
      rule('one', [leaf('Title', 'matches', '[a-f]{3,9}x')], lower('LOW')),
      rule('two', [leaf('Title', 'matches', '(ab|cd){2}.')], lower('HIGH')),
    ];

    const found = await lintFor('TR206', rules);

    expect(found).toEqual([
      expect.stringMatching(
        /^\d+:\d+ warning: "two" and "one" .* may meet on one finding.* That is a guess:/,
      ),
    ]);
  });

  it('tells keys apart', async () => {
    const fields = (key: string, value: string) => writing({ UserDefinedFields: { [key]: value } });

    const same = await lintFor('TR206', [
      rule('a', [GUARDDUTY], fields('k', '1')),
      rule('b', [GUARDDUTY], fields('k', '2')),
    ]);
    const other = await lintFor('TR206', [
      rule('a', [GUARDDUTY], fields('k', '1')),
      rule('b', [GUARDDUTY], fields('l', '2')),
    ]);

    expect(same[0]).toContain('decide UserDefinedFields.k differently');
    expect(other).toEqual([]);
  });
});

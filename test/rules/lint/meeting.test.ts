import { describe, expect, it } from 'vitest';
import { GUARDDUTY, leaf, lintFor, rule, suppressing } from './lint-folder.ts';

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

describe('TR109 shadowed', () => {
  const wide = (members = {}) => rule('wide', [GUARDDUTY], { ...lower('LOW', 20), ...members });
  const narrow = (members = {}) =>
    rule('narrow', [GUARDDUTY, leaf('Region', 'equal', 'eu-west-1')], { ...lower('HIGH', 10), ...members });

  it('names the rule above and shows a finding', async () => {
    const found = await lintFor('TR109', [wide(), narrow()]);

    expect(found).toEqual([
      '4:15 error: This rule never decides anything: "wide" matches whatever it matches and decides Severity first. ' +
        'Give it a higher priority than 20, or narrow the other rule. ' +
        'Both match a finding with ProductName "GuardDuty", Region "eu-west-1".',
    ]);
  });

  it.each([
    ['values within values', leaf('Region', 'in', ['a', 'b', 'c']), leaf('Region', 'in', ['a', 'b'])],
    ['a beginning of a beginning', leaf('Title', 'startsWith', 'EC2'), leaf('Title', 'startsWith', 'EC2.1')],
    [
      'numbers below numbers',
      leaf('Confidence', 'lessThan', 50),
      leaf('Confidence', 'lessThanInclusive', 49),
    ],
    [
      'an account by what is known of it',
      leaf('account.env', 'equal', 'dev'),
      leaf('AwsAccountId', 'equal', '444455556666'),
    ],
    [
      'a label by its number',
      leaf('Severity.Normalized', 'lessThan', 41),
      leaf('Severity.Label', 'in', ['LOW', 'MEDIUM']),
    ],
    ['the same expression', leaf('Title', 'matches', 'a.*'), leaf('Title', 'matches', 'a.*')],
    [
      'an element of a kind',
      leaf('Resources[*].Type', 'someFact:startsWith', 'Aws'),
      leaf('Resources[*].Type', 'someFact:equal', 'AwsIamRole'),
    ],
    [
      'an element that answers more',
      leaf('Resources', 'anyElement', { all: [leaf('Type', 'equal', 'AwsS3Bucket')] }),
      leaf('Resources', 'anyElement', {
        all: [leaf('Type', 'equal', 'AwsS3Bucket'), leaf('Tags.env', 'equal', 'dev')],
      }),
    ],
  ])('sees %s', async (_, above, below) => {
    const found = await lintFor('TR109', [
      rule('wide', [above], lower('LOW', 20)),
      rule('narrow', [below], lower('HIGH')),
    ]);

    expect(found).toHaveLength(1);
  });

  it('sees a rule below one that stops, whatever it writes', async () => {
    const found = await lintFor('TR109', [wide({ stop: true }), narrow(writing({ Types: ['Effects/x'] }))]);

    expect(found[0]).toContain('and stops there.');
  });

  it.each([
    ['the lower rule writes more', wide(), narrow(writing({ Severity: { Label: 'HIGH' }, Confidence: 5 }))],
    [
      'the lower rule adds to a list',
      wide(),
      narrow(writing({ Types: ['Effects/x'], Severity: { Label: 'LOW' } })),
    ],
    ['the lower rule matches more', narrow({ priority: 20 }), wide({ priority: 10 })],
    ['only the upper rule observes', wide({ mode: 'observe' }), narrow({ mode: 'enforce' })],
    ['the upper rule ends first', wide({ expires: '2027-01-31' }), narrow({ expires: '2027-02-01' })],
    ['the upper rule ends and the lower does not', wide({ ...suppressing(), ...lower('LOW', 20) }), narrow()],
  ])('is silent where %s', async (_, above, below) => {
    const found = await lintFor('TR109', [above, below]);

    expect(found).toEqual([]);
  });
});

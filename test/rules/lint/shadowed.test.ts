import { describe, expect, it } from 'vitest';
import { GUARDDUTY, leaf, lintFor, rule, suppressing } from './lint-folder.ts';

const writing = (params: unknown, priority = 10) => ({ priority, event: { type: 'update', params } });
const lower = (label: string, priority = 10) => writing({ Severity: { Label: label } }, priority);

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

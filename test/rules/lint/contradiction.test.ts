import { describe, expect, it } from 'vitest';
import { GUARDDUTY, leaf, lintFor, rule } from './lint-folder.ts';

describe('TR107 contradiction', () => {
  it.each([
    [
      'two values of one fact',
      [leaf('ProductName', 'equal', 'GuardDuty'), leaf('ProductName', 'equal', 'Macie')],
    ],
    [
      'a list without the value',
      [leaf('Region', 'in', ['eu-west-1']), leaf('Region', 'notIn', ['eu-west-1', 'x'])],
    ],
    [
      'beginnings that exclude each other',
      [leaf('Title', 'startsWith', 'EC2'), leaf('Title', 'startsWith', 'S3')],
    ],
    [
      'a beginning and its negation',
      [leaf('Title', 'startsWith', 'EC2.1'), { not: leaf('Title', 'startsWith', 'EC2') }],
    ],
    [
      'limits that cross',
      [leaf('Confidence', 'greaterThan', 50), leaf('Confidence', 'lessThanInclusive', 50)],
    ],
    [
      'a label and its number',
      [leaf('Severity.Label', 'equal', 'LOW'), leaf('Severity.Normalized', 'greaterThan', 10)],
    ],
    ['a number that no severity has', [leaf('Severity.Normalized', 'greaterThan', 95)]],
    [
      'an account and what is known of it',
      [leaf('AwsAccountId', 'equal', '111122223333'), leaf('account.env', 'equal', 'dev')],
    ],
    [
      'a list that holds and does not hold',
      [leaf('Types', 'contains', 'TTPs/x'), leaf('Types', 'not:someFact:startsWith', 'TTPs')],
    ],
    ['one and no element', [leaf('Types', 'someFact:equal', 'a'), leaf('Types', 'everyFact:equal', 'b')]],
    ['days that cross', [leaf('UpdatedAt', 'olderThanDays', 30), leaf('UpdatedAt', 'newerThanDays', 7)]],
    ['an age and a day', [leaf('ageDays', 'lessThan', 3), leaf('ageDays', 'greaterThan', 3)]],
    [
      'networks that lie apart',
      [
        leaf('ProductFields.ip', 'inCidr', '192.0.2.0/24'),
        leaf('ProductFields.ip', 'inCidr', '198.51.100.0/24'),
      ],
    ],
    [
      'an expression and its negation',
      [
        leaf('Title', 'matches', 'a.*b'),
        leaf('Title', 'not:matches', 'z'),
        { not: leaf('Title', 'matches', 'a.*b') },
      ],
    ],
    ['what must be missing', [leaf('Id', 'exists', false)]],
    [
      'an element of two types',
      [
        leaf('Resources', 'anyElement', {
          all: [leaf('Type', 'equal', 'AwsIamRole'), leaf('Type', 'equal', 'AwsS3Bucket')],
        }),
      ],
    ],
    [
      'an element that all elements exclude',
      [
        leaf('Resources[*].Type', 'someFact:equal', 'AwsIamRole'),
        leaf('Resources', 'everyElement', { all: [leaf('Type', 'equal', 'AwsS3Bucket')] }),
      ],
    ],
  ])('refuses %s', async (_, conditions) => {
    const found = await lintFor('TR107', [rule('example', conditions)]);

    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(
      /^\d+:\d+ error: No finding fulfils (this condition|these conditions together)\. /,
    );
  });

  it.each([
    [
      'values of two facts',
      [leaf('ProductName', 'equal', 'GuardDuty'), leaf('CompanyName', 'equal', 'Amazon')],
    ],
    ['a beginning and an end', [leaf('Title', 'startsWith', 'EC2'), leaf('Title', 'endsWith', 'EC2')]],
    [
      'limits that meet',
      [leaf('Confidence', 'greaterThanInclusive', 50), leaf('Confidence', 'lessThanInclusive', 50)],
    ],
    ['numbers between 0 and 1', [leaf('Confidence', 'greaterThan', 0), leaf('Confidence', 'lessThan', 1)]],
    [
      'two elements for two questions',
      [leaf('Types', 'someFact:equal', 'a'), leaf('Types', 'someFact:equal', 'b')],
    ],
    ['one branch of any', { any: [leaf('Title', 'equal', 'a'), leaf('Title', 'equal', 'b')] }],
    [
      'a list that may be empty',
      [
        leaf('Vulnerabilities[0].Id', 'not:startsWith', 'CVE-'),
        leaf('Vulnerabilities', 'everyElement', { all: [leaf('Id', 'startsWith', 'CVE-')] }),
      ],
    ],
    [
      'expressions, of which nothing is claimed',
      [leaf('Title', 'matches', 'a+b?c'), leaf('Title', 'matches', 'a{3}c')],
    ],
    [
      'elements of two types',
      [leaf('Resources[*].Type', 'someFact:equal', 'x'), leaf('Resources[*].Type', 'someFact:equal', 'y')],
    ],
  ])('accepts %s', async (_, conditions) => {
    const found = await lintFor('TR107', [rule('example', conditions)]);

    expect(found).toEqual([]);
  });

  it('points at the branch that is dead, not at the rule around it', async () => {
    const dead = { all: [leaf('Title', 'equal', 'a'), leaf('Title', 'equal', 'b')] };

    const found = await lintFor('TR107', [rule('example', { any: [GUARDDUTY, dead] })]);

    expect(found).toEqual([
      '22:22 error: No finding fulfils these conditions together. (Title equal "a") and (Title equal "b") are never true at once. Correct one, or use "any".',
    ]);
  });

  it('takes a list whose entries have all ended for empty', async () => {
    const gone = { 'context/gone.json': [{ value: '111122223333', until: '2026-11-21' }] };

    const found = await lintFor(
      'TR107',
      [rule('example', [leaf('AwsAccountId', 'in', { fact: 'lists.gone' })])],
      gone,
    );

    expect(found).toHaveLength(1);
  });
});

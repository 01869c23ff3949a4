import { describe, expect, it } from 'vitest';
import { GUARDDUTY, leaf, lintFor, rule } from './lint-folder.ts';

describe('TR106 negation-on-optional', () => {
  it.each([
    ['notEqual', [leaf('Region', 'notEqual', 'us-east-1')]],
    ['notIn', [leaf('Compliance.Status', 'notIn', ['PASSED'])]],
    ['not: before an operator', [leaf('Region', 'not:startsWith', 'us-')]],
    ['a block not', [{ not: leaf('Region', 'equal', 'us-east-1') }]],
    ['noElement', [leaf('Vulnerabilities', 'noElement', { all: [leaf('FixAvailable', 'equal', 'NO')] })]],
    ['inside an element', [leaf('Resources', 'anyElement', { all: [leaf('Tags.env', 'notEqual', 'prod')] })]],
    ['an account that is not listed', [leaf('account.env', 'notEqual', 'prod')]],
    ['one branch of any', { any: [leaf('Region', 'notEqual', 'us-east-1'), leaf('Region', 'exists', true)] }],
    ['a label that is missing', [leaf('Severity.Label', 'notEqual', 'CRITICAL')]],
  ])('refuses %s, which is true of what is missing', async (_, conditions) => {
    const found = await lintFor('TR106', [rule('example', conditions)]);

    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(
      /^\d+:\d+ error: This is also true for findings without \S+, and products may leave that out\. Add \{ "fact": "[^"]+", "operator": "exists", "value": true \}/,
    );
  });

  it.each([
    ['exists beside it', [leaf('Region', 'notEqual', 'us-east-1'), leaf('Region', 'exists', true)]],
    [
      'a comparison that needs the fact',
      [leaf('Region', 'notEqual', 'eu-west-1'), leaf('Region', 'startsWith', 'eu-')],
    ],
    ['a member that is always there', [leaf('Title', 'not:startsWith', '[SAMPLE]')]],
    ['a status that the view fills in', [leaf('Workflow.Status', 'notEqual', 'SUPPRESSED')]],
    ['the question whether it is missing', [leaf('Compliance.Status', 'exists', false)]],
    [
      'an element that must not be found',
      [leaf('Resources', 'noElement', { any: [leaf('Tags.env', 'equal', 'prod')] })],
    ],
    ['a negation of a negation', [{ not: leaf('Region', 'notEqual', 'us-east-1') }]],
  ])('accepts %s', async (_, conditions) => {
    const found = await lintFor('TR106', [rule('example', conditions)]);

    expect(found).toEqual([]);
  });

  it('is told once, in the shared condition, however many rules use it', async () => {
    const shared = { condition: { all: [leaf('Region', 'notEqual', 'us-east-1')] } };
    const uses = [GUARDDUTY, { condition: 'away' }];

    const found = await lintFor('TR106', [rule('a', uses), rule('b', uses)], {
      'conditions/away.json': shared,
    });

    expect(found).toHaveLength(1);
  });

  it('points at the place and says what to do', async () => {
    const found = await lintFor('TR106', [rule('example', [leaf('Region', 'notEqual', 'us-east-1')])]);

    expect(found).toEqual([
      '9:21 error: This is also true for findings without Region, and products may leave that out. Add { "fact": "Region", "operator": "exists", "value": true } beside it, or say what it must be.',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { GUARDDUTY, leaf, lintFor, NOT_CRITICAL, rule, suppressing } from './lint-folder.ts';

describe('TR201 too-broad', () => {
  const width = (conditions: unknown) =>
    lintFor('TR201', [rule('example', conditions, { ...suppressing(), allowCritical: true })]);

  it('says how wide a suppression by its product alone is', async () => {
    const found = await width([GUARDDUTY, NOT_CRITICAL]);

    expect(found).toEqual([
      expect.stringMatching(
        /^\d+:\d+ error: This rule suppresses findings of certain products, any account, any control or type of finding and any resource, up to MEDIUM\. It narrows product alone of product, account, control and resource; narrow at least 2, e\.g\. add \{ "fact": "AwsAccountId"/,
      ),
    ]);
  });

  it.each([
    ['nothing', [NOT_CRITICAL], 'any product, any account', 'up to MEDIUM'],
    [
      'all accounts there are',
      [GUARDDUTY, leaf('account.env', 'in', ['prod', 'dev'])],
      '2 of the 2 known accounts',
      'up to CRITICAL',
    ],
    [
      'a pattern that takes everything',
      [GUARDDUTY, leaf('Title', 'glob', '*')],
      'any control',
      'up to CRITICAL',
    ],
    ['all titles but one', [GUARDDUTY, leaf('Title', 'notEqual', 'x')], 'any control', 'up to CRITICAL'],
    [
      'what is merely there',
      [GUARDDUTY, leaf('Resources[*].Tags.env', 'exists', true)],
      'any resource',
      'up to CRITICAL',
    ],
    [
      'the state of a control',
      [GUARDDUTY, leaf('Compliance.Status', 'equal', 'FAILED')],
      'any control',
      'up to CRITICAL',
    ],
  ])('does not take %s for a limit', async (_, conditions, open, upTo) => {
    const found = await width(conditions);

    expect(found).toHaveLength(1);
    expect(found[0]).toContain(open);
    expect(found[0]).toContain(upTo);
  });

  it('judges a rule by its widest branch', async () => {
    const found = await width({
      any: [{ all: [GUARDDUTY, leaf('Title', 'equal', 'x')] }, { all: [leaf('Title', 'equal', 'y')] }],
    });

    expect(found[0]).toContain(
      'In the widest of its 2 ways to match, this rule suppresses findings of any product',
    );
  });

  it('counts the accounts that it covers, and shows a CRITICAL finding that it hides', async () => {
    const found = await width([leaf('account.env', 'equal', 'dev')]);

    expect(found).toEqual([
      expect.stringContaining(
        'This rule suppresses findings of any product, 1 of the 2 known accounts, any control or type of finding and any resource, up to CRITICAL. It hides a finding with Severity.Label "CRITICAL", ',
      ),
    ]);
  });

  it.each([
    ['product and account', [GUARDDUTY, leaf('account.env', 'equal', 'dev')]],
    ['product and type', [GUARDDUTY, leaf('Types', 'someFact:startsWith', 'TTPs/Discovery')]],
    [
      'control and resource',
      [
        leaf('Compliance.SecurityControlId', 'in', ['S3.8']),
        leaf('Resources[*].Id', 'someFact:glob', 'arn:aws:s3:::acme-*'),
      ],
    ],
    [
      'product and one element',
      [GUARDDUTY, leaf('Resources', 'anyElement', { all: [leaf('Tags.env', 'equal', 'dev')] })],
    ],
    ['what a person pressed', [leaf('event.actionName', 'equal', 'Accept')]],
  ])('accepts %s', async (_, conditions) => {
    expect(await width(conditions)).toEqual([]);
  });

  it('asks nothing of rules that hide nothing', async () => {
    expect(await lintFor('TR201', [rule('example', [GUARDDUTY])])).toEqual([]);
  });
});

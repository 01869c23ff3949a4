import { describe, expect, it } from 'vitest';
import { GUARDDUTY, leaf, lintFor, NOT_CRITICAL, rule, suppressing } from './lint-folder.ts';

const writing = (params: unknown) => ({ event: { type: 'update', params } });

describe('TR201 too-broad', () => {
  const width = (conditions: unknown) =>
    lintFor('TR201', [rule('example', conditions, { ...suppressing(), allowCritical: true })]);

  it('says how wide a suppression by its product alone is', async () => {
    const found = await width([GUARDDUTY, NOT_CRITICAL]);

    expect(found).toEqual([
      expect.stringMatching(
        /^\d+:\d+ error: This rule suppresses findings of any account, any control or type of finding and any resource, up to MEDIUM\. It narrows product alone of product, account, control and resource; narrow at least 2, e\.g\. add \{ "fact": "AwsAccountId"/,
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

describe('TR207 pointless-update', () => {
  it.each([
    ['a status', [leaf('Workflow.Status', 'equal', 'NOTIFIED')], { Workflow: { Status: 'NOTIFIED' } }],
    ['a severity by its number', [leaf('Severity.Normalized', 'equal', 1)], { Severity: { Label: 'LOW' } }],
    ['a key', [leaf('UserDefinedFields.team', 'equal', 'red')], { UserDefinedFields: { team: 'red' } }],
    ['a type', [leaf('Types', 'contains', 'Effects/x')], { Types: ['Effects/x'] }],
    ['a number', [leaf('Confidence', 'in', [5])], { Confidence: 5 }],
  ])('warns of %s that the conditions demand already', async (_, conditions, params) => {
    const found = await lintFor('TR207', [rule('example', conditions, writing(params))]);

    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^\d+:\d+ warning: Wherever this rule matches, \S+ (is|holds) .* already\./);
  });

  it.each([
    ['another value', [leaf('Workflow.Status', 'equal', 'NEW')], { Workflow: { Status: 'NOTIFIED' } }],
    ['one of several', [leaf('Severity.Label', 'in', ['LOW', 'HIGH'])], { Severity: { Label: 'LOW' } }],
    ['a text that differs', [leaf('Note.Text', 'equal', 'x')], { Note: { Text: '{{Region}}' } }],
  ])('accepts %s', async (_, conditions, params) => {
    expect(await lintFor('TR207', [rule('example', conditions, writing(params))])).toEqual([]);
  });
});

describe('TR208 reads-rule-output', () => {
  const writer = rule('writer', [GUARDDUTY], {
    priority: 20,
    ...writing({
      UserDefinedFields: { team: 'red' },
      Types: ['Effects/Data Exposure/Ours'],
      Note: { Text: 'Known scanner' },
    }),
  });

  it.each([
    ['a key', leaf('UserDefinedFields.team', 'equal', 'red')],
    ['a key that is there', leaf('UserDefinedFields.team', 'exists', true)],
    ['a type', leaf('Types', 'contains', 'Effects/Data Exposure/Ours')],
    ['a note', leaf('Note.Text', 'startsWith', 'Known')],
  ])('refuses %s that a rule writes', async (_, condition) => {
    const found = await lintFor('TR208', [writer, rule('reader', [condition])]);

    expect(found).toEqual([
      expect.stringMatching(
        /^\d+:\d+ error: \S+ is asked for what the rule "writer" writes, and no rule sees/,
      ),
    ]);
  });

  it.each([
    ['another key', leaf('UserDefinedFields.other', 'equal', 'red')],
    ['a beginning that providers use too', leaf('Types', 'someFact:startsWith', 'Effects/')],
    ['another note', leaf('Note.Text', 'equal', 'x')],
  ])('accepts %s', async (_, condition) => {
    expect(await lintFor('TR208', [writer, rule('reader', [condition])])).toEqual([]);
  });

  it('accepts what a custom action writes, for that shows', async () => {
    const pressed = rule(
      'pressed',
      [leaf('event.actionName', 'equal', 'x')],
      writing({ UserDefinedFields: { team: 'red' } }),
    );

    expect(
      await lintFor('TR208', [pressed, rule('reader', [leaf('UserDefinedFields.team', 'equal', 'red')])]),
    ).toEqual([]);
  });
});

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
});

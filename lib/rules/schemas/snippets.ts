import { REASON_CODES } from '../rule.ts';
import { oneOf, type Snippet, snippet, stop, variable } from './snippet.ts';

/** The first instant of the day on which the snippet is used. */
const TODAY = `${['CURRENT_YEAR', 'CURRENT_MONTH', 'CURRENT_DATE'].map(variable).join('-')}T00:00:00Z`;
/** A day that is never far off, whenever the snippet is used. */
const END_OF_YEAR = `${variable('CURRENT_YEAR')}-12-31`;

const comparison = (at: number) => ({
  name: stop(at, 'what it tells'),
  fact: stop(at + 1, 'ProductName'),
  operator: stop(at + 2, 'equal'),
  value: stop(at + 3, 'GuardDuty'),
});

const update = (params: unknown) => ({ type: 'update', params });

const ruleHead = (first: number) => ({
  $schema: '../rule.schema.json',
  name: variable('TM_FILENAME_BASE'),
  description: stop(first, 'What the rule is for, in one sentence.'),
  owner: stop(first + 1, '@acme/secops'),
});

export const RULE_SNIPPETS: readonly Snippet[] = [
  snippet('rule that notifies', 'A rule that changes findings without hiding them; it observes at first', {
    ...ruleHead(1),
    mode: 'observe',
    priority: `^${stop(3, '100')}`,
    conditions: { all: [comparison(4)] },
    event: update({ Workflow: { Status: oneOf(8, ['NOTIFIED', 'RESOLVED']) } }),
  }),
  snippet(
    'rule that suppresses',
    'A rule that hides findings: with a reason, a ticket and an end; never CRITICAL ones',
    {
      ...ruleHead(1),
      reasonCode: oneOf(3, REASON_CODES),
      reason: stop(4, 'Why it is right to hide them'),
      ticket: stop(5, 'SEC-1'),
      expires: stop(6, END_OF_YEAR),
      mode: 'observe',
      priority: `^${stop(7, '200')}`,
      conditions: {
        all: [
          comparison(8),
          {
            name: 'not critical',
            fact: 'Severity.Label',
            operator: 'in',
            value: ['INFORMATIONAL', 'LOW', 'MEDIUM'],
          },
        ],
      },
      event: update({
        Workflow: { Status: 'SUPPRESSED' },
        Note: { Text: stop(12, 'What a reader should know.') },
      }),
    },
  ),
];

const GROUP_SNIPPETS: readonly Snippet[] = [
  snippet('all of', 'Every condition holds', { all: [comparison(1)] }),
  snippet('any of', 'At least one condition holds', { any: [comparison(1), comparison(5)] }),
  snippet('not', 'The condition does not hold', { not: comparison(1) }),
];

/** What can stand where only a block can. */
export const BLOCK_SNIPPETS = GROUP_SNIPPETS;

export const CONDITION_SNIPPETS: readonly Snippet[] = [
  snippet('comparison', 'A fact, an operator and a value', comparison(1)),
  snippet('comparison with a list', 'The fact is among the entries of rules/context/<name>.json', {
    name: stop(1, 'what it tells'),
    fact: stop(2, 'AwsAccountId'),
    operator: 'in',
    value: { fact: `lists.${stop(3, 'ciAccounts')}` },
  }),
  snippet('present and not', 'A member that products may leave out is there, and is not the value', {
    all: [
      { fact: stop(1, 'account.env'), operator: 'exists', value: true },
      { fact: stop(1, 'account.env'), operator: 'notEqual', value: stop(2, 'prod') },
    ],
  }),
  snippet('one element', 'One and the same element of a list answers for all the conditions', {
    fact: stop(1, 'Resources'),
    operator: 'anyElement',
    value: { all: [comparison(2)] },
  }),
  snippet('shared condition', 'rules/conditions/<name>.json', { condition: stop(1, 'production') }),
  ...GROUP_SNIPPETS,
];

export const NAMED_CONDITION_SNIPPETS: readonly Snippet[] = [
  snippet('shared condition', 'A condition that rules name as { "condition": "<name of this file>" }', {
    $schema: '../condition.schema.json',
    description: stop(1, 'What it tells, in one sentence.'),
    condition: { all: [comparison(2)] },
  }),
];

export const DISABLE_SNIPPETS: readonly Snippet[] = [
  snippet('disable a check', 'One check of triage lint does not apply to this rule, until a day', {
    code: stop(1, 'TR201'),
    reason: stop(2, 'Why it does not apply'),
    until: stop(3, END_OF_YEAR),
  }),
];

const MATCH = {
  name: stop(1, 'the finding it is for'),
  finding: stop(2, 'name of a sample'),
  expect: {
    matches: true,
    update: { Workflow: { Status: oneOf(3, ['NOTIFIED', 'RESOLVED', 'SUPPRESSED']) } },
  },
};

const nearMiss = (at: number) => ({
  name: stop(at, 'the same in another account'),
  finding: stop(at + 1, 'name of a sample'),
  with: { [stop(at + 2, 'AwsAccountId')]: stop(at + 3, '444455556666') },
  expect: { matches: false, because: stop(at + 4, 'name of the condition') },
});

export const CASE_SNIPPETS: readonly Snippet[] = [
  snippet('match', 'The rule matches, and this is what is sent', MATCH),
  snippet(
    'near miss',
    'One change to the sample keeps the rule from matching, because of one condition',
    nearMiss(1),
  ),
];

export const TEST_SNIPPETS: readonly Snippet[] = [
  snippet('test of a rule', 'A match and a near miss', {
    $schema: '../test.schema.json',
    rule: stop(9, 'name of the rule'),
    now: TODAY,
    cases: [MATCH, nearMiss(4)],
  }),
];

const ROW = {
  id: stop(1, 'public-website'),
  control: stop(2, 'S3.8'),
  accounts: [stop(3, '111122223333')],
  resources: [stop(4, 'arn:aws:s3:::acme-www-*')],
  until: stop(5, END_OF_YEAR),
  reasonCode: oneOf(6, REASON_CODES),
  reason: stop(7, 'Why it is right to hide it'),
  ticket: stop(8, 'SEC-1'),
  owner: stop(9, '@acme/shop'),
};

export const ROW_SNIPPETS: readonly Snippet[] = [
  snippet('exception', 'One control on some resources in some accounts, until a day', ROW),
];

export const EXCEPTIONS_SNIPPETS: readonly Snippet[] = [
  snippet('exceptions of a team', 'A file with its first row; it observes at first', {
    $schema: '../exceptions.schema.json',
    mode: 'observe',
    exceptions: [ROW],
  }),
];

const ENTRY = {
  value: stop(1, '192.0.2.0/24'),
  until: stop(2, END_OF_YEAR),
  reason: stop(3, 'Why it is listed'),
};

export const ENTRY_SNIPPETS: readonly Snippet[] = [
  snippet('entry that ends', 'A value with its last day and why it is listed', ENTRY),
];

export const LIST_SNIPPETS: readonly Snippet[] = [
  snippet('list', 'Values that rules compare facts with, as lists.<name of this file>', {
    $schema: '../list.schema.json',
    entries: [ENTRY],
  }),
];

export const ACCOUNT_SNIPPETS: readonly Snippet[] = [
  snippet('account', 'What account.<key> says of one account', {
    name: stop(1, 'shop-dev'),
    env: oneOf(2, ['prod', 'dev', 'sandbox']),
    owner: stop(3, '@acme/shop'),
  }),
];

import { GUARDDUTY, leaf, rule } from '../lint-folder.ts';
import { type BrokenRule, broken, on, one } from './broken-rule.ts';

/** Conditions that say something else than they seem to, many of them traps of the engine. */
export const BROKEN_CONDITIONS: readonly BrokenRule[] = [
  broken(
    'a fact in small letters',
    'TR101',
    on(leaf('severity.label', 'equal', 'LOW')),
    '"severity.label"',
    /Severity\.Label/,
  ),
  broken(
    'a list that is not there',
    'TR101',
    on(leaf('AwsAccountId', 'in', { fact: 'lists.ciAcounts' })),
    '"lists.ciAcounts"',
    /Did you mean "lists\.ciAccounts"\?/,
  ),
  broken(
    'an operator of another language',
    'TR102',
    on(leaf('Title', 'equals', 'x')),
    '"equals"',
    /Did you mean "equal"\?/,
  ),
  broken(
    'in with a text',
    'TR103',
    on(leaf('AwsAccountId', 'in', '111122223333')),
    '"111122223333"',
    /Give an array/,
  ),
  broken(
    'a number in quotes',
    'TR103',
    on(leaf('Confidence', 'greaterThan', '40')),
    '"40"',
    /needs a number/,
  ),
  broken(
    'all beside any',
    'TR104',
    one(rule('example', { all: [GUARDDUTY], any: [GUARDDUTY] })),
    '"a',
    /one of them|inside|Put/i,
  ),
  broken('an empty block', 'TR105', one(rule('example', { all: [] })), '[', /Add a condition/),
  broken(
    'not production, or nothing at all',
    'TR106',
    on(leaf('account.env', 'notEqual', 'prod')),
    '"notEqual"',
    /"exists", "value": true/,
  ),
  broken(
    'two products at once',
    'TR107',
    on(GUARDDUTY, leaf('ProductName', 'equal', 'Macie')),
    '"Macie"',
    /use "any"/,
  ),
  broken(
    'a condition that is always so',
    'TR108',
    on(GUARDDUTY, leaf('Title', 'exists', true)),
    '{',
    /Take it out/,
  ),
  broken(
    'a rule that a higher one decides for',
    'TR109',
    {
      ...on(GUARDDUTY, leaf('Region', 'equal', 'eu-west-1')),
      'area/wide.json': rule('wide', [GUARDDUTY], { priority: 99 }),
    },
    '10',
    /higher priority than 99/,
  ),
  broken(
    'a status that controls never have',
    'TR110',
    on(leaf('Compliance.Status', 'equal', 'FAIL')),
    '"FAIL"',
    /Did you mean "FAILED"\?/,
  ),
  broken('a look-ahead', 'TR111', on(leaf('Title', 'matches', '(?=x)y')), '"(?=x)y"', /RE2/),
  broken('equal on a list', 'TR112', on(leaf('Types', 'equal', 'TTPs/x')), '"equal"', /someFact:equal/),
  broken(
    'a shared condition that is not there',
    'TR113',
    on({ condition: 'prodution' }),
    '"prodution"',
    /rules\/conditions/,
  ),
  broken(
    'braces that stay open',
    'TR115',
    one(rule('example', [GUARDDUTY], { event: { type: 'update', params: { Note: { Text: '{{Id' } } } })),
    '"{{Id"',
    /./,
  ),
  broken(
    "the product's own key",
    'TR116',
    one(
      rule('example', [GUARDDUTY], {
        event: { type: 'update', params: { UserDefinedFields: { triageHold: 'me' } } },
      }),
    ),
    '"triageHold"',
    /./,
  ),
  broken(
    'one name for two rules',
    'TR119',
    { ...on(GUARDDUTY), 'b/example.json': rule('example', [GUARDDUTY]) },
    '"example"',
    /a name of its own/,
  ),
];

import type { Ruleset } from '../../../lib/rules/ruleset.ts';

/** Around this instant entries of lists lapse. */
export const INSTANTS: readonly number[] = [
  Date.parse('2026-06-15T12:00:00.000Z'),
  Date.parse('2026-06-15T23:59:59.999Z'),
  Date.parse('2026-06-16T00:00:00.000Z'),
  Date.parse('2026-06-13T00:00:00.000Z'),
];

/** Lists that rules name, some of whose entries are over at some of the instants; one is longer than the index takes. */
export const LISTS: Ruleset['lists'] = Object.fromEntries([
  ['words', [{ value: 'abcde' }, { value: 'prod', until: '2026-06-14' }, { value: 'ab' }, { value: '5' }]],
  [
    'lapsing',
    [
      { value: 'abc', until: '2026-06-15' },
      { value: 'AaAaA', until: '2026-06-13' },
    ],
  ],
  [
    'arns',
    ['arn:aws:s3', 'arn:aws:ec2:', 'arn:', 'a', 'abcdeabc', 'xBBBBA'].map((value, i) => ({
      value,
      ...(i % 2 === 1 && { until: '2026-06-15' }),
    })),
  ],
  ['one', [{ value: '10.0.0.0/8' }]],
  ['empty', []],
  ['e[*]', []],
  ['__proto__', [{ value: '__proto__' }, { value: 'ab' }]],
  ['toString', [{ value: 'constructor', until: '2026-06-15' }]],
  ['many', Array.from({ length: 600 }, (_, i) => ({ value: i % 7 === 0 ? `abc${i}` : `zzabcde${i}` }))],
]);

export const LIST_NAMES: readonly string[] = Object.keys(LISTS);

export const ACCOUNTS: Ruleset['accounts'] = Object.fromEntries([
  ['111122223333', { tier: 'prod', teams: ['ab', 'abcde', '5'], size: 10, open: true, 'k[*]': [] }],
  ['444455556666', { tier: 'abcde', teams: [], size: 5, 'k[*]': ['ab'], ['__proto__']: 'constructor' }],
  ['__proto__', { tier: 'PROD', teams: ['AaAaA'], size: 0, open: false }],
  ['constructor', {}],
]);

/** Facts that hold one value, or should. */
export const SINGLE_FACTS: readonly string[] = [
  'Title',
  'Title',
  'GeneratorId',
  // No path, but nearly the key under which the items of a list are looked up.
  'item Types',
  'Compliance.Status',
  'Confidence',
  'CreatedAt',
  'AwsAccountId',
  'ProductFields["a.b/c"]',
  'ProductFields["q\\"\\\\"]',
  'ProductFields["x[*]"]',
  'ProductFields.__proto__',
  'ProductFields.constructor',
  'UserDefinedFields.toString',
  'Resources[0].Id',
  'Resources[1].Tags.env',
  'ageDays',
  'account.tier',
  'account.size',
  'account.open',
  'account.__proto__',
  'event.actionName',
  'event.detailType',
];

/** Facts that hold several. */
export const LIST_FACTS: readonly string[] = [
  'Types',
  'Types',
  'Types[*]',
  'Resources[*].Id',
  'Resources[*].Id',
  'Resources[*].Tags.env',
  'Resources[*].Tags["a.b/c"]',
  'Resources[*].Tags.__proto__',
  'Resources[*].Names',
  'Vulnerabilities[*].Parts[*].Name',
  'ProductFields["x[*]"]',
  'account.teams',
  'account.k[*]',
  'lists.words',
  'lists.lapsing',
  'lists.e[*]',
];

/** Facts that hold lists of objects. */
export const ELEMENT_FACTS: readonly string[] = [
  'Resources',
  'Resources',
  'Vulnerabilities',
  'Resources[0].Parts',
];

/** Facts of one element. */
export const INNER_FACTS: readonly string[] = [
  'Id',
  'Id',
  'Type',
  'Tags.env',
  'Tags["a.b/c"]',
  'Tags.__proto__',
  'Tags["x[*]"]',
  'lists.words',
];

/** Facts of one element that hold several values. */
export const INNER_LIST_FACTS: readonly string[] = ['Names', 'Parts[*].Name', 'Tags["x[*]"]'];

/** What no path is, what nothing is at, and lists where one value is expected. */
export const ODD_FACTS: readonly string[] = [
  'Missing.at.all',
  'lists.gone',
  'account.gone',
  'event.gone',
  'Types[0]',
  'Resources[*].Parts',
  'Resources[*]',
  'Resources',
  'lists.empty',
];

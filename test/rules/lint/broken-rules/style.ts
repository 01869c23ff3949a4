import { GUARDDUTY, rule, testOf } from '../lint-folder.ts';
import { type BrokenRule, broken, on, one } from './broken-rule.ts';

/** Rules whose tests, samples and names are not as they should be. */
export const UNPROVEN_RULES: readonly BrokenRule[] = [
  broken(
    'no test',
    'TR301',
    { ...on(GUARDDUTY), 'area/example.test.json': testOf('another') },
    '"example"',
    /example\.test\.json/,
  ),
  broken(
    'no near miss',
    'TR302',
    { ...on(GUARDDUTY), 'area/example.test.json': testOf('example', true) },
    '"example"',
    /"matches": false/,
  ),
  broken(
    'an account of somebody',
    'TR304',
    { ...on(GUARDDUTY), 'samples/s.json': { AwsAccountId: '487216390512' } },
    '487216390512',
    /111122223333/,
  ),
  broken(
    'a file of another name',
    'TR401',
    { 'area/else.json': rule('example', [GUARDDUTY]) },
    '"example"',
    /Rename the file/,
  ),
  broken(
    'a name in camels',
    'TR402',
    { 'area/exampleRule.json': rule('exampleRule', [GUARDDUTY]) },
    '"exampleRule"',
    /Call it "example-rule"/,
  ),
  broken(
    'the value before the fact',
    'TR403',
    on({ value: 'x', fact: 'Title', operator: 'equal' }),
    '"value"',
    /The order is fact, operator, value/,
  ),
  broken(
    'an exception that nothing needs',
    'TR404',
    one(rule('example', [GUARDDUTY], { disable: [{ code: 'TR201', reason: 'x', until: '2027-01-01' }] })),
    '"TR201"',
    /Delete it/,
  ),
  broken(
    'a configuration that says no format',
    'TR405',
    { ...on(GUARDDUTY), 'triage.config.json': '{\n  "prefix": "acme"\n}\n' },
    '{',
    /triage migrate --apply/,
  ),
];

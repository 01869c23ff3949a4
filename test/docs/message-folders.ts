import { BROKEN_RULES } from '../rules/lint/broken-rules/table.ts';
import { GUARDDUTY, leaf, rule, testOf } from '../rules/lint/lint-folder.ts';

type Files = Readonly<Record<string, unknown>>;

/** A folder of rules in which a code is said, and what is wrong there. */
export interface MessageFolder {
  readonly code: string;
  readonly way: string;
  readonly files: Files;
  /** The rules of the revision that lint compares with. */
  readonly before?: Files;
}

const one = (value: unknown): Files => ({ 'area/example.json': value });
const writing = (params: unknown, members: Readonly<Record<string, unknown>> = {}) => ({
  event: { type: 'update', params },
  ...members,
});
const enforced = rule('example', [GUARDDUTY], { mode: 'enforce', ...writing({ Confidence: 5 }) });
const row = (id: string) => ({
  id,
  control: 'KMS.4',
  accounts: ['111122223333'],
  until: '2027-06-30',
  reasonCode: 'planned-fix',
  reason: 'Comes with the next release',
  ticket: 'SHOP-218',
  owner: '@acme/shop',
});
const pressed = leaf('event.actionName', 'equal', 'Accept risk');

/** What the broken rules leave out: mistakes between files, against an earlier revision, and in tests. */
const FURTHER: readonly MessageFolder[] = [
  {
    code: 'TR004',
    way: 'a name that means something to JavaScript',
    files: one('{\n  "name": "example",\n  "__proto__": { "mode": "enforce" }\n}'),
  },
  {
    code: 'TR114',
    way: 'shared conditions that lead in a circle',
    files: {
      ...one(rule('example', { condition: 'first' })),
      'conditions/first.json': { condition: { all: [{ condition: 'second' }] } },
      'conditions/second.json': { condition: { any: [{ condition: 'first' }] } },
    },
  },
  {
    code: 'TR117',
    way: 'reading the note that it overwrites',
    files: one(
      rule('example', [leaf('Note.Text', 'exists', true)], {
        overwrite: ['Note'],
        ...writing({ Note: { Text: 'Seen.' } }),
      }),
    ),
  },
  {
    code: 'TR118',
    way: 'a button that undoes itself when it is pressed twice',
    files: one(rule('example', [pressed, leaf('Workflow.Status', 'equal', 'NEW')])),
  },
  { code: 'TR120', way: 'the wrong folder', files: {} },
  {
    code: 'TR121',
    way: 'two rows for one thing',
    files: {
      ...one(rule('example', [GUARDDUTY])),
      'exceptions/shop.json': { exceptions: [row('key-rotation'), row('again')] },
    },
  },
  {
    code: 'TR210',
    way: 'a rule that observes from now on',
    before: one(enforced),
    files: one({ ...enforced, mode: 'observe' }),
  },
  {
    code: 'TR211',
    way: 'a field that no rule writes any more',
    before: one(enforced),
    files: one({ ...enforced, ...writing({ Criticality: 5 }) }),
  },
  {
    code: 'TR212',
    way: 'a rule that is enforced from now on',
    before: one({ ...enforced, mode: 'observe' }),
    files: one(enforced),
  },
  {
    code: 'TR303',
    way: 'a condition that no case needs',
    files: {
      ...one(rule('example', [GUARDDUTY, leaf('Region', 'equal', 'eu-west-1')], { mode: 'enforce' })),
      'samples/sample.json': {
        Id: 'finding/1',
        ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/guardduty',
        ProductName: 'GuardDuty',
        Region: 'eu-west-1',
        AwsAccountId: '111122223333',
      },
      'area/example.test.json': {
        rule: 'example',
        now: '2026-11-20T00:00:00Z',
        cases: [
          { name: 'it', finding: 'sample', expect: { matches: true } },
          {
            name: 'another product',
            finding: 'sample',
            with: { ProductName: 'Macie' },
            expect: { matches: false },
          },
        ],
      },
    },
  },
  {
    code: 'TR305',
    way: 'a test of a rule that was renamed',
    files: { ...one(rule('example', [GUARDDUTY])), 'area/example.test.json': testOf('exemple') },
  },
];

/** A folder for each way to be wrong, by code; each has a test beside its rule unless that is what is wrong. */
export const MESSAGE_FOLDERS: readonly MessageFolder[] = [...BROKEN_RULES, ...FURTHER]
  .map(({ code, way, files, ...others }) => {
    const test = code === 'TR120' ? {} : { 'area/example.test.json': testOf('example') };
    return {
      code,
      way,
      files: { ...test, ...files },
      ...('before' in others ? { before: others.before } : {}),
    };
  })
  .sort((a, b) => a.code.localeCompare(b.code, 'en'));

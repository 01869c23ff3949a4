import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../lib/findings/finding.ts';
import { exceptionRules } from '../../../lib/rules/exceptions/exception-rules.ts';
import { EXCEPTIONS_EDITOR_SCHEMA } from '../../../lib/rules/schemas/exceptions-schema.ts';
import { decide } from '../../../lib/triage/decide.ts';
import { codesOf, loadFolder, RULE, saidOf } from '../rules-folder.ts';

const ROW = {
  id: 'key-rotation',
  control: 'KMS.4',
  accounts: ['111122223333'],
  until: '2027-06-30',
  reasonCode: 'planned-fix',
  reason: 'Rotation comes with the next release',
  ticket: 'SHOP-218',
  owner: '@acme/shop',
};
const IN_FORCE = Date.parse('2027-06-30T23:59:59.999Z');
const IMPORTED = { detailType: 'Security Hub Findings - Imported' };

const FINDING: Finding = {
  Id: 'arn:aws:securityhub:eu-west-1:111122223333:finding/1',
  ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/securityhub',
  AwsAccountId: '111122223333',
  GeneratorId: 'security-control/KMS.4',
  Title: 'KMS key rotation should be enabled',
  Severity: { Label: 'MEDIUM' },
  FindingProviderFields: { Severity: { Label: 'MEDIUM' } },
  Compliance: { Status: 'FAILED', SecurityControlId: 'KMS.4' },
  Resources: [{ Id: 'arn:aws:kms:eu-west-1:111122223333:key/a' }],
};

/** Loads a file of rows; `mode` is enforce, so that what a row does shows in the update. */
function loadRows(
  rows: readonly unknown[],
  members: Readonly<Record<string, unknown>> = { mode: 'enforce' },
) {
  return loadFolder({ 'exceptions/shop.json': { ...members, exceptions: rows } });
}

async function statusOf(row: unknown, patch: Readonly<Record<string, unknown>> = {}, now = IN_FORCE) {
  const { ruleset, diagnostics } = loadRows([row]);
  if (ruleset === null) throw new Error(JSON.stringify(diagnostics));
  const decision = await decide({ ...FINDING, ...patch }, IMPORTED, ruleset, now);
  return decision.update?.Workflow?.Status;
}

const severity = (Label: string) => ({ Severity: { Label }, FindingProviderFields: { Severity: { Label } } });
const resources = (...ids: readonly string[]) => ({ Resources: ids.map((Id) => ({ Id })) });

describe('a row of exceptions', () => {
  it('becomes an ordinary suppressing rule', () => {
    const { ruleset, diagnostics } = loadRows([ROW], {});

    expect(diagnostics).toEqual([]);
    expect(ruleset?.rules).toEqual([
      {
        name: 'exceptions/shop/key-rotation',
        description: 'Exception: control KMS.4 in 111122223333.',
        owner: '@acme/shop',
        reasonCode: 'planned-fix',
        reason: 'Rotation comes with the next release',
        ticket: 'SHOP-218',
        expires: '2027-06-30',
        mode: 'observe',
        priority: 800,
        conditions: {
          all: [
            { name: 'control', fact: 'Compliance.SecurityControlId', operator: 'equal', value: 'KMS.4' },
            {
              name: 'not passed',
              fact: 'Compliance.Status',
              operator: 'in',
              value: ['FAILED', 'WARNING', 'NOT_AVAILABLE'],
            },
            { name: 'accounts', fact: 'AwsAccountId', operator: 'in', value: ['111122223333'] },
            {
              name: 'below critical',
              fact: 'Severity.Label',
              operator: 'in',
              value: ['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH'],
            },
          ],
        },
        event: {
          type: 'update',
          params: {
            Workflow: { Status: 'SUPPRESSED' },
            Note: { Text: 'Rotation comes with the next release (SHOP-218, until 2027-06-30)' },
          },
        },
      },
    ]);
  });

  it('takes mode and priority from its file', () => {
    const { ruleset } = loadRows([ROW], { mode: 'enforce', priority: 15 });

    expect(ruleset?.rules).toMatchObject([{ mode: 'enforce', priority: 15 }]);
  });

  it.each([
    ['the finding it is about', ROW, {}, 'SUPPRESSED'],
    ['a HIGH one', ROW, severity('HIGH'), 'SUPPRESSED'],
    ['a CRITICAL one', ROW, severity('CRITICAL'), undefined],
    ['a CRITICAL one it allows', { ...ROW, allowCritical: true }, severity('CRITICAL'), 'SUPPRESSED'],
    ['another account', ROW, { AwsAccountId: '444455556666' }, undefined],
    ['another control', ROW, { Compliance: { Status: 'FAILED', SecurityControlId: 'KMS.5' } }, undefined],
    [
      'a control that passes',
      ROW,
      { Compliance: { Status: 'PASSED', SecurityControlId: 'KMS.4' } },
      undefined,
    ],
  ])('decides %s', async (_, row, patch, status) => {
    const decided = await statusOf(row, patch);

    expect(decided).toBe(status);
  });

  const { control: _, ...bare } = ROW;
  it.each([
    [{ title: 'KMS key rotation should be enabled' }, {}, 'SUPPRESSED'],
    [{ title: 'KMS key rotation' }, {}, undefined],
    [{ title: 'KMS key rotation*' }, {}, 'SUPPRESSED'],
    [{ title: 'KMS key rotation*' }, { Title: 'Another title' }, undefined],
    [{ generator: 'security-control/KMS.4' }, {}, 'SUPPRESSED'],
    [{ generator: 'security-control/KMS.*' }, { GeneratorId: 'security-control/EC2.1' }, undefined],
  ])('of %j on %j leads to %s', async (subject, patch, status) => {
    const decided = await statusOf({ ...bare, ...subject }, patch);

    expect(decided).toBe(status);
  });

  it.each([
    [['k/a'], ['k/a'], 'SUPPRESSED'],
    [['k/a'], ['k/b'], undefined],
    [['k/a', 'k/b'], ['k/b', 'k/a'], 'SUPPRESSED'],
    [['k/*'], ['k/a', 'k/b'], 'SUPPRESSED'],
    [['k/*', 'x'], ['x'], 'SUPPRESSED'],
    [['k/*'], ['k/a', 'other'], undefined],
    [['k/a'], ['k/a', 'k/b'], undefined],
    [['k/*'], [], undefined],
  ])('on resources %j for a finding on %j leads to %s', async (named, found, status) => {
    const decided = await statusOf({ ...ROW, resources: named }, resources(...found));

    expect(decided).toBe(status);
  });

  it('ends with its last day, and what it hid is shown again', async () => {
    const { ruleset } = loadRows([ROW]);
    if (ruleset === null) throw new Error('The row was refused.');
    const first = await decide(FINDING, IMPORTED, ruleset, IN_FORCE);
    const suppressed = { ...FINDING, ...first.update } as Finding;

    const after = await decide(suppressed, IMPORTED, ruleset, IN_FORCE + 1);

    expect(after.update?.Workflow?.Status).toBe('NEW');
    expect(after.trace).toMatchObject([{ rule: 'exceptions/shop/key-rotation', expired: true }]);
  });
});

describe('mistakes in rows', () => {
  it.each([
    ['no subject', { ...ROW, control: undefined }, /TR003 This row does not say what it is about\./],
    [
      'two subjects',
      { ...ROW, title: 'x' },
      /TR003 This row names "control" and "title"\. A row has exactly one/,
    ],
    [
      'no end',
      { ...ROW, until: 'never' },
      /TR003 "never" cannot be .* A day is written YYYY-MM-DD; an exception always ends/,
    ],
    ['a day that is none', { ...ROW, until: '2027-02-30' }, /TR003 The calendar has no "2027-02-30"\./],
    ['a number as account', { ...ROW, accounts: [111122223333] }, /TR003 111122223333 is not string/],
    ['no account', { ...ROW, accounts: [] }, /TR003 .*accounts" is empty\./],
    [
      'an unknown reason',
      { ...ROW, reasonCode: 'acepted-risk' },
      /TR003 "acepted-risk" is not a value .*Did you mean "accepted-risk"\?/,
    ],
    ['a long reason', { ...ROW, reason: 'x'.repeat(401) }, /TR003 .* has 401 characters; 400 are allowed\./],
    [
      'an id that is none',
      { ...ROW, id: 'Key Rotation' },
      /TR003 "Key Rotation" cannot be .*An id has small letters/,
    ],
    [
      'a misspelt member',
      { ...ROW, resource: ['x'] },
      /TR003 "resource" is not a member .*Did you mean "resources"\?/,
    ],
    ['a broken template', { ...ROW, reason: 'See {{Nope' }, /TR115 /],
  ])('%s is refused with a remedy', (_, row, message) => {
    const { ruleset, ...loaded } = loadRows([row]);

    expect(ruleset).toBeNull();
    expect(saidOf({ ruleset, ...loaded })).toEqual([expect.stringMatching(message)]);
  });

  it('of the rule that a row becomes are shown at the row', () => {
    const text = `{ "exceptions": [\n  ${JSON.stringify({ ...ROW, until: '2027-02-30' })}\n] }`;

    const { diagnostics } = loadFolder({ 'exceptions/shop.json': text });

    const column = (text.split('\n')[1] ?? '').indexOf('"2027-02-30"') + 1;
    expect(diagnostics).toMatchObject([{ range: { start: { line: 2, column } } }]);
    expect(diagnostics[0]?.file).toMatch(/shop\.json$/);
  });

  it('of what the file leaves to its default are shown at the row', () => {
    const placeOf = (members: object) => {
      const { files } = loadFolder({ 'exceptions/shop.json': { ...members, exceptions: [ROW] } });
      const [rule] = files.flatMap(exceptionRules);
      return rule?.source.locate(['priority'], 'value').start;
    };

    expect(placeOf({})?.line).toBe(3);
    expect(placeOf({ priority: 700 })).toEqual({ line: 2, column: 15 });
  });

  it('are two rows of one id', () => {
    const loaded = loadRows([ROW, { ...ROW, control: 'KMS.5' }]);

    expect(saidOf(loaded)).toEqual([
      expect.stringMatching(
        /^TR119 The name "exceptions\/shop\/key-rotation" is taken by exceptions.shop\.json\./,
      ),
    ]);
    expect(loaded.diagnostics[0]?.range.start.line).toBeGreaterThan(10);
  });

  it.each([
    [{}, ['TR121']],
    [{ accounts: ['444455556666', '111122223333'] }, ['TR121']],
    [{ accounts: ['444455556666'] }, []],
    [{ resources: ['x'] }, []],
    [{ control: 'KMS.5' }, []],
  ])('are two rows that except the same: a second one with %j', (members, codes) => {
    const loaded = loadRows([ROW, { ...ROW, id: 'again', ...members }]);

    expect(codesOf(loaded)).toEqual(codes);
  });

  it('are resources named in another order by a second row', () => {
    const loaded = loadRows([
      { ...ROW, resources: ['a', 'b'] },
      { ...ROW, id: 'again', resources: ['b', 'a'] },
    ]);

    expect(saidOf(loaded)).toEqual([
      'TR121 "again" excepts in 111122223333 what "key-rotation" excepts there already. ' +
        'Keep one of the two rows; to prolong an exception, change its "until".',
    ]);
  });

  it('are a name that a rule has', () => {
    const loaded = loadFolder({
      'area/taken.json': { ...RULE, name: 'exceptions/shop/key-rotation' },
      'exceptions/shop.json': { exceptions: [ROW] },
    });

    expect(codesOf(loaded)).toEqual(['TR119']);
  });

  it('are files that are no files of rows, or stand too deep', () => {
    const loaded = loadFolder({
      'area/rule.json': RULE,
      'exceptions/shop.json': [ROW],
      'exceptions/europe/shop.json': { exceptions: [ROW] },
    });

    expect(new Set(codesOf(loaded))).toEqual(new Set(['TR003', 'TR005']));
  });

  it('are seen by editors, too', () => {
    const items = (EXCEPTIONS_EDITOR_SCHEMA.properties as { exceptions: { items: { oneOf: unknown } } })
      .exceptions.items;

    expect(items.oneOf).toEqual([
      { required: ['control'] },
      { required: ['title'] },
      { required: ['generator'] },
    ]);
  });
});

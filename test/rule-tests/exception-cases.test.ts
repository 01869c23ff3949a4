import { describe, expect, it } from 'vitest';
import { type Files, RULE, runFolder } from './folder.ts';

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
const { control: _, ...BARE } = ROW;
const COMMON = ['the same in another account', 'a CRITICAL one', 'on the day after its last'];

const rows = (list: readonly unknown[], members: Files = {}, files: Files = {}): Files => ({
  'exceptions/shop.json': { ...members, exceptions: list },
  ...files,
});

/** What the cases of the first row came to: `<name>: <outcome>`, then each difference. */
async function saidOf(files: Files): Promise<readonly string[]> {
  const { report } = await runFolder(files);
  const [row] = report.rules.filter(({ rule }) => rule.startsWith('exceptions/'));
  return (row?.cases ?? []).map(({ name, outcome, mismatches }) =>
    [`${name}: ${outcome}`, ...mismatches.map(({ expected, actual }) => `${expected} | ${actual}`)].join(
      '; ',
    ),
  );
}

describe('the tests made for a row of exceptions', () => {
  it.each([
    ['a control', ROW, ['another control', 'the control passes']],
    ['a title', { ...BARE, title: 'Key rotation' }, ['another title']],
    ['a pattern of titles', { ...BARE, title: 'Key*rotation?' }, ['another title']],
    ['every title', { ...BARE, title: '*' }, ['another title']],
    ['a generator', { ...BARE, generator: 'aws/KMS.*' }, ['another generator']],
    ['a title like what it is held against', { ...BARE, title: 'Something else' }, ['another title']],
  ])('are a match and a near miss for each condition: %s', async (_, row, subject) => {
    const said = await saidOf(rows([row]));

    expect(said).toEqual(['what it is about', ...subject, ...COMMON].map((name) => `${name}: passed`));
  });

  it.each([
    ['one', ['arn:aws:kms:eu-west-1:111122223333:key/a']],
    ['a pattern', ['arn:aws:kms:eu-west-1:111122223333:key/*']],
    ['a pattern that takes nearly every resource', ['arn:aws:*']],
    ['all', ['*']],
    ['several', ['a', 'b?', 'c*d?']],
    ['more than a finding has', Array.from({ length: 40 }, (_, i) => `thing/${i}`)],
    ['the one it is held against', ['arn:aws:s3:::another-resource']],
  ])('have one resource more than the row names: %s', async (_, resources) => {
    const said = await saidOf(rows([{ ...ROW, resources }]));

    expect(said).toContain('on one resource more: passed');
    expect(said.filter((text) => !text.endsWith(': passed'))).toEqual([]);
  });

  it('leave the accounts that the row names', async () => {
    const accounts = ['111122223333', '444455556666', '777788889999', '000000000000'];

    const said = await saidOf(rows([{ ...ROW, accounts }]));

    expect(said).toContain('the same in another account: passed');
  });

  it('suppress a CRITICAL finding where the row allows it', async () => {
    const { report } = await runFolder(rows([{ ...ROW, allowCritical: true }]), 'mutate');

    expect(report.rules[0]?.cases.map(({ outcome }) => outcome)).toEqual(Array(6).fill('passed'));
    expect(report).toMatchObject({ diagnostics: [], rules: [{ proven: { proven: 3, of: 3 } }] });
  });

  it.each(['coverage', 'mutate'] as const)('prove every condition: %s', async (demand) => {
    const list = [
      { ...ROW, resources: ['x*', 'y'] },
      { ...BARE, id: 'all', title: '*', resources: ['*'] },
    ];

    const { report } = await runFolder(rows(list), demand);

    expect(report.diagnostics).toEqual([]);
    for (const { covered, proven } of report.rules) expect((covered ?? proven)?.proven).toBeGreaterThan(3);
    for (const { covered, proven } of report.rules)
      expect((covered ?? proven)?.proven).toBe((covered ?? proven)?.of);
  });

  it('are of the row: its place, the day before its last, and told from written ones', async () => {
    const { report } = await runFolder(rows([ROW, { ...ROW, id: 'second', control: 'KMS.5' }]));

    const [first, second] = report.rules.map(({ cases }) => cases[0]);
    expect(first).toMatchObject({ generated: true, line: 4, column: 13 });
    expect(first?.file).toMatch(/exceptions.shop\.json$/);
    expect(second?.line).toBeGreaterThan(4);
  });

  it('stand beside those that people wrote for the row', async () => {
    const written = {
      'area/row.test.json': {
        rule: 'exceptions/shop/key-rotation',
        now: '2026-11-20T00:00:00Z',
        cases: [{ name: 'by hand', finding: 'scan', expect: { matches: false } }],
      },
    };

    const said = await saidOf(rows([ROW], {}, written));

    expect(said).toHaveLength(7);
    expect(said[0]).toBe('by hand: passed');
  });
});

describe('a row that does not do what it says', () => {
  const overruling = (members: Files) => ({
    'area/escalate.json': {
      ...RULE,
      name: 'escalate',
      priority: 900,
      conditions: { all: [{ fact: 'AwsAccountId', operator: 'equal', value: '111122223333' }] },
      ...members,
    },
  });

  it('names the rule that wins over it, and both priorities', async () => {
    const said = await saidOf(rows([ROW], {}, overruling({})));

    expect(said[0]).toBe(
      'what it is about: failed; Workflow.Status "SUPPRESSED" | ' +
        'Workflow.Status "NOTIFIED", decided by escalate (priority 900, this rule 800)',
    );
    expect(said.slice(1).filter((text) => !text.endsWith(': passed'))).toEqual([]);
  });

  it('is not failed by a rule that only observes, or that it wins over itself', async () => {
    const observing = await saidOf(rows([ROW], {}, overruling({ mode: 'observe' })));
    const winning = await saidOf(rows([ROW], { priority: 901 }, overruling({})));

    expect([observing[0], winning[0]]).toEqual(Array(2).fill('what it is about: passed'));
  });

  it('names the rule that stops it', async () => {
    const stop = overruling({ stop: true, event: { type: 'update', params: { Confidence: 9 } } });

    const said = await saidOf(rows([ROW], {}, stop));

    expect(said[0]).toBe(
      'what it is about: failed; Workflow {"Status":"SUPPRESSED"} | ' +
        'Workflow is not sent, stopped by escalate (priority 900, this rule 800)',
    );
  });

  it('says that another rule makes the finding CRITICAL, which it does not allow', async () => {
    const raise = overruling({
      event: { type: 'update', params: { Severity: { Label: 'CRITICAL' } } },
    });

    const said = await saidOf(rows([ROW], {}, raise));

    expect(said[0]).toBe(
      'what it is about: failed; Workflow {"Status":"SUPPRESSED"} | Workflow is not sent, ' +
        'held: critical (Severity decided by escalate (priority 900, this rule 800))',
    );
  });
});

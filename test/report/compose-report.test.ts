import { describe, expect, it } from 'vitest';
import { trippedGates } from '../../lib/report/tripped-gates.ts';
import { finding, reportOn, rule } from './report-on.ts';

const NONE = { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0, INFORMATIONAL: 0, NONE: 0 };
const MARK = { triageSet: '{"v":1,"Workflow":"SUPPRESSED"}' };
const marked = (id: string, triageRules: string, members = {}) =>
  finding(id, {
    AwsAccountId: '999999999999',
    Workflow: { Status: 'SUPPRESSED' },
    UserDefinedFields: { ...MARK, triageRules },
    ...members,
  });

const FILES = {
  'a/scan.json': rule('scan', '111111111111'),
  'a/below.json': rule('below', '111111111111', { priority: 50, owner: '@acme/shop', expires: '2026-12-26' }),
  'a/watching.json': rule('watching', '222222222222', { mode: 'observe', expires: '2026-11-26' }),
  'a/over.json': rule('over', '333333333333', { expires: '2026-11-25' }),
  'a/quiet.json': rule('quiet', '444444444444', {
    expires: 'never',
    reasonCode: 'out-of-scope',
    reviewBy: '2026-10-01',
  }),
  'a/button.json': rule('button', '111111111111', {
    mode: 'observe',
    conditions: {
      all: [
        { fact: 'event.actionName', operator: 'equal', value: 'Accept' },
        { fact: 'Severity.Label', operator: 'equal', value: 'LOW' },
      ],
    },
  }),
  'a/lowers.json': rule('lowers', '111111111111', {
    event: { type: 'update', params: { Severity: { Label: 'LOW' } } },
  }),
  'exceptions/team.json': {
    mode: 'enforce',
    exceptions: [
      {
        id: 'row',
        title: 'Odd one',
        accounts: ['555555555555'],
        until: '2027-01-31',
        reasonCode: 'planned-fix',
        reason: 'It goes away',
        ticket: 'SHOP-9',
        owner: '@acme/shop',
      },
    ],
  },
};
const FINDINGS = [
  finding('1', { AwsAccountId: '111111111111' }),
  finding('2', {
    AwsAccountId: '111111111111',
    Severity: { Label: 'LOW' },
    UpdatedAt: '2026-11-22T00:00:00Z',
  }),
  // Somebody works on it.
  finding('3', { AwsAccountId: '111111111111', Workflow: { Status: 'NOTIFIED' } }),
  finding('4', { AwsAccountId: '111111111111', UserDefinedFields: { triageHold: 'on' } }),
  finding('5', { AwsAccountId: '222222222222' }),
  finding('6', { AwsAccountId: '333333333333', UpdatedAt: '2026-08-01T00:00:00Z' }),
  finding('7', { AwsAccountId: '555555555555', Title: 'Odd one', UpdatedAt: '2026-08-01T00:00:00Z' }),
  marked('8', '|was-here|scan|'),
  marked('9', '|was-here|', { Workflow: { Status: 'NEW' }, Severity: { Label: 'LOW' } }),
  // Without a mark the names are somebody else's words.
  finding('10', { UserDefinedFields: { triageRules: '|never-was|' } }),
  marked('11', '|<script>|../etc|'),
];

describe('the report on suppressions', () => {
  it('counts what each rule suppresses, holds back and matches, by the provider’s severity', async () => {
    const { suppressions, totals, findings } = await reportOn(FILES, FINDINGS);

    const counts = Object.fromEntries(suppressions.map((row) => [row.rule, row.counts]));
    expect(counts.scan).toEqual({
      suppressed: { ...NONE, HIGH: 1, LOW: 1 },
      held: { ...NONE, HIGH: 2 },
      matched: { ...NONE, HIGH: 3, LOW: 1 },
      lastMatched: '2026-11-22T00:00:00.000Z',
    });
    expect(counts.below).toMatchObject({ suppressed: NONE, held: NONE, matched: { HIGH: 3, LOW: 1 } });
    expect(counts.watching).toMatchObject({ suppressed: NONE, held: NONE, matched: { HIGH: 1 } });
    expect(counts.over).toMatchObject({ suppressed: NONE, held: NONE, matched: { HIGH: 1 } });
    expect(counts['exceptions/team/row']).toMatchObject({ suppressed: { HIGH: 1 } });
    expect(totals).toEqual({ suppressed: { ...NONE, HIGH: 2, LOW: 1 }, held: { ...NONE, HIGH: 2 } });
    expect(findings).toMatchObject({ distinct: 11, bySeverity: { ...NONE, HIGH: 9, LOW: 2 } });
  });

  it('has what suppresses alone, in force first, then by the day that comes first', async () => {
    const { suppressions, rules } = await reportOn(FILES, null);

    expect(rules).toBe(8);
    expect(suppressions.map(({ rule: name, state, due }) => [name, state, due?.of, due?.daysLeft])).toEqual([
      ['quiet', 'inForce', 'review', -55],
      ['below', 'inForce', 'end', 31],
      ['exceptions/team/row', 'inForce', 'end', 67],
      ['scan', 'inForce', 'end', 340],
      ['watching', 'observing', 'end', 1],
      ['button', 'observing', 'end', 340],
      ['over', 'ended', 'end', 0],
    ]);
    expect(suppressions[2]).toMatchObject({
      kind: 'exception',
      place: { file: 'rules/exceptions/team.json', line: 4 },
      ...{ owner: '@acme/shop', ticket: 'SHOP-9', reasonCode: 'planned-fix', reason: 'It goes away' },
      counts: null,
    });
  });

  it('tells what is over, what ends soon, and which rules match nothing of late', async () => {
    const report = await reportOn(FILES, FINDINGS, { expiringDays: 31 });

    expect(report.expired).toEqual(['quiet', 'over']);
    expect(report.expiring).toEqual(['below', 'watching']);
    // Of the button no export can tell; what has ended is not asked for more.
    expect(report.unmatched).toEqual(['quiet', 'exceptions/team/row']);
    expect(report.findings?.coveredDays).toBe(87);
  });

  it('does not count as quiet what matches a finding that says no day', async () => {
    const undated = finding('1', { AwsAccountId: '444444444444', UpdatedAt: 'yesterday' });

    const { unmatched, findings, suppressions } = await reportOn({ 'a/quiet.json': FILES['a/quiet.json'] }, [
      undated,
    ]);

    expect({ unmatched, from: findings?.from, days: findings?.coveredDays }).toEqual({
      ...{ unmatched: [], from: null, days: 0 },
    });
    expect(suppressions[0]?.counts?.lastMatched).toBeNull();
  });

  it('finds rules that are gone by our marks alone, under names that rules can have', async () => {
    const { gone } = await reportOn(FILES, FINDINGS);

    expect(gone).toEqual([
      { rule: 'was-here', findings: { ...NONE, HIGH: 1, LOW: 1 }, suppressed: { ...NONE, HIGH: 1 } },
    ]);
  });

  it('claims nothing of findings where there are none', async () => {
    const { findings, totals, unmatched, gone } = await reportOn(FILES, null);

    expect({ findings, totals, unmatched, gone }).toEqual({
      ...{ findings: null, totals: null, unmatched: null, gone: null },
    });
  });

  it('adds up what one owner answers for', async () => {
    const report = await reportOn(FILES, FINDINGS, { owner: '@acme/shop' });

    expect(report.suppressions.map(({ rule: name }) => name)).toEqual(['below', 'exceptions/team/row']);
    expect(report.totals?.suppressed).toEqual({ ...NONE, HIGH: 1 });
    expect(report.gone).toHaveLength(1);
  });

  it('trips the gates that are asked for', async () => {
    const report = await reportOn(FILES, FINDINGS, { expiringDays: 31 });

    expect(trippedGates(report, ['expired', 'expiring', 'gone'])).toEqual([
      '2 suppressions ended or missed the review, and --fail-on names expired.',
      '2 suppressions will end or be reviewed within 31 days, and --fail-on names expiring.',
      '1 rule that findings still name is gone, and --fail-on names gone.',
    ]);
    expect(trippedGates({ ...report, expired: [], gone: [] }, ['expired', 'gone'])).toEqual([]);
  });
});

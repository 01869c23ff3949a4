import { describe, expect, it } from 'vitest';
import { GUARDDUTY, leaf, lintAgainst, NOT_CRITICAL, rule, suppressing } from './lint-folder.ts';

const CONDITIONS = [GUARDDUTY, leaf('AwsAccountId', 'equal', '111122223333'), NOT_CRITICAL];
const PARAMS = {
  Workflow: { Status: 'NOTIFIED' },
  Severity: { Label: 'LOW' },
  VerificationState: 'BENIGN_POSITIVE',
  Confidence: 5,
  Note: { Text: 'Seen.' },
  UserDefinedFields: { team: 'red' },
};
const written = (members: Readonly<Record<string, unknown>>) =>
  rule('written', CONDITIONS, { mode: 'enforce', ...members });
const RULE = written({ event: { type: 'update', params: PARAMS } });
const OTHER = { 'area/other.json': rule('other', [GUARDDUTY]) };
const CONFIG = { 'triage.config.json': '{\n  "withdrawing": ["Severity", "Confidence", "Note"]\n}' };
const FROM = { 'area/written.json': RULE, ...OTHER };
const EFFECT =
  "Where no other rule decides it, what it wrote is withdrawn with each finding's next event: Workflow.Status becomes " +
  "NEW; VerificationState becomes UNKNOWN; Severity, Confidence become the provider's; Note becomes a line that says it " +
  'is withdrawn; UserDefinedFields stay, for no call removes them.';

const against = (after: Readonly<Record<string, unknown>>) =>
  lintAgainst('TR210', FROM, { ...OTHER, ...CONFIG, ...after });

describe('what a change of rules withdraws', () => {
  it('is told of a rule that is gone, in the configuration, with the file it had', async () => {
    expect(await against({})).toEqual([
      `triage.config.json:1:1 warning: "written" is gone, which was enforced at main (area/written.json). ${EFFECT}`,
    ]);
  });

  it('is told of the folder where there is no configuration', async () => {
    const [message] = await lintAgainst('TR210', FROM, OTHER);

    expect(message).toMatch(/^lint-\w+:1:1 warning: "written" is gone/);
  });

  it('is told of a rule that observes, at its mode or else its name', async () => {
    const { mode: _, ...silent } = RULE;

    expect(await against({ 'area/written.json': { ...RULE, mode: 'observe' } })).toEqual([
      `written.json:46:11 warning: This rule observes, and was enforced at main. ${EFFECT}`,
    ]);
    expect(await against({ 'area/written.json': silent })).toEqual([
      `written.json:2:11 warning: This rule observes, and was enforced at main. ${EFFECT}`,
    ]);
  });

  it('is told of an earlier end', async () => {
    const message = await against({ 'area/written.json': { ...RULE, expires: '2027-01-31' } });

    expect(message).toEqual([
      `written.json:47:14 warning: This rule ends on 2027-01-31, earlier than at main (never). ${EFFECT}`,
    ]);
  });

  it('is told of a field that an enforced rule leaves out', async () => {
    const { Severity: _, ...params } = PARAMS;

    expect(await against({ 'area/written.json': written({ event: { type: 'update', params } }) })).toEqual([
      "written.json:29:15 warning: This rule no longer writes Severity. Where no other rule decides it, what it wrote is withdrawn with each finding's next event: Severity becomes the provider's.",
    ]);
  });

  it('is not there where a rule is only called otherwise, and that is told', async () => {
    const renamed = { ...RULE, name: 'better' };

    expect(await against({ 'area/better.json': renamed })).toEqual([
      'better.json:2:11 warning: "written" of main is called "better" now. Marks on findings keep the old name until they are next updated. Where it decides as before, nothing is withdrawn.',
    ]);
  });

  it('is told of a rule that is called otherwise and changed at once, known by its file', async () => {
    const changed = { ...RULE, name: 'better', mode: 'observe', conditions: { all: [GUARDDUTY] } };

    expect(await against({ 'area/written.json': changed })).toEqual([
      expect.stringContaining(
        '"written" of main is called "better" now, and it observes, and was enforced at main.',
      ),
    ]);
  });

  it('is told of a row of exceptions that is gone or ends earlier', async () => {
    const row = (id: string, until: string) => ({
      id,
      control: 'EC2.8',
      accounts: [id === 'a' ? '111122223333' : '444455556666'],
      until,
      reasonCode: 'planned-fix',
      reason: 'Soon',
      ticket: 'SEC-1',
      owner: '@acme/a',
    });
    const rows = (...exceptions: readonly unknown[]) => ({
      'exceptions/a.json': { mode: 'enforce', exceptions },
      ...OTHER,
      'triage.config.json': {},
    });

    const told = await lintAgainst(
      'TR210',
      rows(row('a', '2027-05-31'), row('b', '2027-05-31')),
      rows(row('b', '2027-04-30')),
    );

    expect(told).toEqual([
      expect.stringMatching(
        /^a\.json:10:16 warning: This rule ends on 2027-04-30, earlier than at main \(2027-05-31\)\./,
      ),
      expect.stringMatching(/^triage\.config\.json:1:1 warning: "exceptions\/a\/a" is gone/),
    ]);
  });

  it.each([
    ['nothing has changed', FROM, FROM],
    ['the rule only observed', { 'area/written.json': { ...RULE, mode: 'observe' }, ...OTHER }, OTHER],
    ['the rule had ended', { 'area/written.json': { ...RULE, expires: '2026-11-21' }, ...OTHER }, OTHER],
    [
      'the rule ends later',
      { 'area/written.json': written(suppressing('2027-05-31')) },
      {
        'area/written.json': written(suppressing('2027-06-30')),
      },
    ],
    [
      'the rule matches less',
      FROM,
      {
        'area/written.json': { ...RULE, conditions: { all: [...CONDITIONS, leaf('Title', 'exists', true)] } },
      },
    ],
    [
      'a person pressed a button',
      {
        'area/written.json': written({
          conditions: { all: [leaf('event.actionName', 'equal', 'Page')] },
          event: { type: 'update', params: PARAMS },
        }),
        ...OTHER,
      },
      OTHER,
    ],
    ['a file is broken, which may hold the rule', FROM, { ...OTHER, 'area/written.json': '{' }],
  ])('is nothing where %s', async (_, before, after) => {
    expect(await lintAgainst('TR210', before, { ...CONFIG, ...after })).toEqual([]);
  });
});

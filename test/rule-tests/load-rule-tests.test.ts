import { describe, expect, it } from 'vitest';
import { MATCH, OTHER_ACCOUNT, RULE, runFolder, testOf } from './folder.ts';

/** What is said of a test, with its line. */
async function faultsOf(
  test: unknown,
  files: Readonly<Record<string, unknown>> = {},
): Promise<readonly string[]> {
  const { report } = await runFolder({ 'area/notify.test.json': test, ...files });
  return report.diagnostics.map(({ code, range, message, help }) =>
    [`${range.start.line}`, code, message, ...(help ? [help] : [])].join(' '),
  );
}

describe('a test', () => {
  it('may hold comments', async () => {
    const faults = await faultsOf(`// why\n${JSON.stringify(testOf([MATCH]))}`);

    expect(faults).toEqual([]);
  });

  it('is told all that is wrong with its shape at once', async () => {
    const faults = await faultsOf(
      testOf(
        [
          { ...MATCH, expects: {} },
          { name: 'x', finding: 'scan', expect: {} },
        ],
        { now: 'today' },
      ),
    );

    expect(faults).toEqual([
      '3 TR003 "today" cannot be "now". An instant is written YYYY-MM-DDThh:mm:ssZ.',
      expect.stringMatching(/TR003 "expects" is not a member of "cases\.0"\. Did you mean "expect"\?/),
      expect.stringMatching(/TR003 "matches" is missing in "cases\.1\.expect"\./),
    ]);
  });

  it.each([
    ['no case', testOf([]), /TR003 "cases" is empty/],
    [
      'an unknown field in an update',
      testOf([{ ...MATCH, expect: { matches: true, update: { Workfow: {} } } }]),
      /Did you mean "Workflow"/,
    ],
    ['broken syntax', '{ "rule": ', /TR001/],
    [
      'an unknown rule',
      testOf([MATCH], { rule: 'notyfi' }),
      /2 TR305 There is no rule "notyfi"\. Did you mean "notify"\?/,
    ],
    [
      'an unknown sample',
      testOf([{ ...MATCH, finding: 'scann' }]),
      /TR305 There is no sample "scann"\. Did you mean "scan"\?/,
    ],
    [
      'a sample outside',
      testOf([{ ...MATCH, finding: '../area/notify' }]),
      /There is no sample "\.\.\/area\/notify"\. Samples are/,
    ],
    [
      'an unknown winner',
      testOf([{ ...MATCH, expect: { matches: true, winner: 'notfy' } }]),
      /There is no rule "notfy"\. Did you mean "notify"/,
    ],
    [
      'an unknown condition',
      testOf([{ ...OTHER_ACCOUNT, expect: { matches: false, because: 'account' } }]),
      /"account" names no condition of "notify"\. Named are: "GuardDuty", "our account", "expires"\./,
    ],
    [
      'a reason beside a match',
      testOf([{ ...MATCH, expect: { matches: true, because: 'GuardDuty' } }]),
      /Only a case that must not match/,
    ],
    [
      'a day that does not exist',
      testOf([MATCH], { now: '2026-02-30T00:00:00Z' }),
      /The calendar has no "2026-02-30T00:00:00Z"/,
    ],
    ['two cases of one name', testOf([MATCH, MATCH]), /Two cases are called "match"/],
    ['a patch that takes the identity', testOf([{ ...MATCH, with: { Id: null } }]), /This leaves no finding/],
  ])('is refused with %s', async (_, test, message) => {
    const faults = await faultsOf(test);

    expect(faults).toEqual([expect.stringMatching(message)]);
  });

  it('is refused with a broken sample, at its place there', async () => {
    const { report } = await runFolder({
      'area/notify.test.json': testOf([MATCH]),
      'samples/scan.json': '{\n "Id": }',
    });

    expect(
      report.diagnostics.map(({ code, file, range }) => [code, file.endsWith('scan.json'), range.start.line]),
    ).toEqual([['TR001', true, 2]]);
  });

  it('with faults does not keep others from running', async () => {
    const { report } = await runFolder({
      'area/notify.test.json': testOf([MATCH]),
      'area/other.test.json': testOf([], { rule: 'x' }),
    });

    expect(report.rules.map(({ rule, cases }) => [rule, cases.length])).toEqual([['notify', 1]]);
    expect(report.diagnostics).toHaveLength(1);
  });

  it('is told of together with rules that do not load, and nothing is run', async () => {
    const { report } = await runFolder({
      'area/notify.json': { ...RULE, priority: 0 },
      'area/notify.test.json': testOf([]),
    });

    expect(report.rules).toEqual([]);
    expect(report.diagnostics.map(({ message }) => message)).toEqual([
      '0 is less than 1, the least "priority" can be.',
      '"cases" is empty.',
    ]);
  });

  it('of one rule may stand in several files', async () => {
    const { report } = await runFolder({
      'area/notify.test.json': testOf([MATCH]),
      'area/more.test.json': testOf([OTHER_ACCOUNT]),
    });

    expect(report.rules.map(({ cases }) => cases.map(({ name }) => name))).toEqual([
      ['another account', 'match'],
    ]);
  });
});

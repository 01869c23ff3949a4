import { describe, expect, it } from 'vitest';
import { GUARDDUTY, leaf, lintAgainst, lintFolder, rule, said } from './lint-folder.ts';

const writing = (name: string, params: unknown, members: Readonly<Record<string, unknown>> = {}) => ({
  [`area/${name}.json`]: rule(name, [GUARDDUTY], {
    mode: 'enforce',
    event: { type: 'update', params },
    ...members,
  }),
});
const NOTIFY = writing('notify', { Workflow: { Status: 'NOTIFIED' } });
const LOWER = writing('lower', { Severity: { Label: 'LOW' } });
const config = (withdrawing: readonly string[]) => ({
  'triage.config.json': `{\n  "withdrawing": ${JSON.stringify(withdrawing)}\n}`,
});
const against = (before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>) =>
  lintAgainst('TR211', { ...NOTIFY, ...before }, { ...NOTIFY, ...after });

describe('a field whose last rule goes', () => {
  it('has to be named, so that the function may still take it back', async () => {
    expect(await against(LOWER, config(['Note']))).toEqual([
      'triage.config.json:2:18 error: No enforced rule writes Severity any more, and "withdrawing" does not name it. "lower" wrote it at main, and findings have it until it is taken back. Write "withdrawing": ["Note","Severity"] in triage.config.json, until the findings it matched have had an event.',
    ]);
  });

  it.each([
    ['observes', writing('lower', { Severity: { Label: 'LOW' } }, { mode: 'observe' })],
    ['leaves it out', writing('lower', { Workflow: { Status: 'NOTIFIED' } })],
    ['is gone', {}],
  ])('is one whose rule %s', async (_, after) => {
    expect(await against(LOWER, after)).toEqual([
      expect.stringContaining('No enforced rule writes Severity'),
    ]);
  });

  it('is named in vain once a rule writes it again', async () => {
    expect(await against({}, { ...LOWER, ...config(['Confidence', 'Severity']) })).toEqual([
      'triage.config.json:2:32 warning: Severity is written by "lower", which allows withdrawing it as well. Delete this entry.',
    ]);
  });

  it.each([
    ['it is named', LOWER, config(['Severity'])],
    ['another rule writes it', LOWER, writing('other', { Severity: { Label: 'HIGH' } })],
    ['no rule enforced it', writing('lower', { Severity: { Label: 'LOW' } }, { mode: 'observe' }), {}],
    [
      'a person pressed a button',
      writing(
        'lower',
        { Severity: { Label: 'LOW' } },
        { conditions: { all: [leaf('event.actionName', 'equal', 'Lower')] } },
      ),
      {},
    ],
    [
      'it may always be reset',
      writing('lower', { VerificationState: 'UNKNOWN', UserDefinedFields: { a: 'b' } }),
      {},
    ],
    ['a file is broken, which may hold the rule', LOWER, { 'area/lower.json': '{' }],
  ])('is none where %s', async (_, before, after) => {
    expect(await against(before, after)).toEqual([]);
  });

  it('names fields of the API, each once', async () => {
    const { diagnostics } = await lintFolder({ ...NOTIFY, ...config(['Severty', 'Note', 'Note']) });

    expect(diagnostics.filter(({ code }) => code === 'TR003').map(said)).toEqual([
      '2:18 error: "withdrawing" names something twice.',
      '2:19 error: "Severty" is not a value of "withdrawing.0". Did you mean "Severity"?',
    ]);
  });
});

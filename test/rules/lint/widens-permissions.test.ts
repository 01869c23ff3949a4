import { describe, expect, it } from 'vitest';
import { GUARDDUTY, lintAgainst, rule } from './lint-folder.ts';

const writing = (name: string, params: unknown, members: Readonly<Record<string, unknown>> = {}) => ({
  [`area/${name}.json`]: rule(name, [GUARDDUTY], {
    mode: 'enforce',
    event: { type: 'update', params },
    ...members,
  }),
});
const NOTIFY = writing('notify', { Workflow: { Status: 'NOTIFIED' } });
const against = (before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>) =>
  lintAgainst('TR212', { ...NOTIFY, ...before }, { ...NOTIFY, ...after });

describe('a change of rules that lets the function write more', () => {
  it('is told at the value that is new', async () => {
    const said = await against({}, writing('resolve', { Workflow: { Status: 'RESOLVED' } }));

    expect(said).toEqual([
      expect.stringMatching(
        /^resolve\.json:\d+:\d+ warning: This rule lets the function write Workflow\.Status RESOLVED\. No enforced rule needed that at main, and the function was not allowed it\. "triage permissions --base main" shows the whole change\.$/,
      ),
    ]);
  });

  it('is told once for a severity, which brings all labels, and names all rules that need it', async () => {
    const lower = writing('lower', { Severity: { Label: 'LOW' } });
    const lowest = writing('lowest', { Severity: { Label: 'LOW' } });

    const said = await against({}, { ...lower, ...lowest });

    expect(said.join('\n')).toContain('Severity.Label');
    expect(said.join('\n')).toContain('(and "lowest")');
  });

  it('is told at the configuration where that alone brings it', async () => {
    const said = await against({}, { 'triage.config.json': '{\n  "withdrawing": ["Confidence"]\n}' });

    expect(said).toEqual([
      expect.stringContaining('warning: "withdrawing" lets the function write Confidence.'),
    ]);
  });

  it.each([
    ['the rule only observes', {}, writing('resolve', { Confidence: 5 }, { mode: 'observe' })],
    ['another rule wrote it before', writing('a', { Confidence: 5 }), writing('b', { Confidence: 9 })],
    [
      'it may always be written',
      {},
      writing('a', { Workflow: { Status: 'NEW' }, UserDefinedFields: { a: 'b' } }),
    ],
    ['less is written', writing('a', { Confidence: 5 }), {}],
  ])('is none where %s', async (_, before, after) => {
    expect(await against(before, after)).toEqual([]);
  });
});

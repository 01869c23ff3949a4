import { describe, expect, it } from 'vitest';
import type { FindingIdentifier } from '../../../lib/findings/finding.ts';
import { DEFAULT_CONFIG, type Ruleset } from '../../../lib/rules/ruleset.ts';
import { finding, identifier, importedEvent, RULESET } from './fixtures.ts';
import { actRule, pressed, since, TWO_BUTTONS } from './presses.ts';
import { outcomesOf, run, world } from './world.ts';

/** On top of the fixture's rule: two actions, one that resolves a finding, one that scores it. */
const ACTS: Ruleset = {
  ...RULESET,
  version: 'acts',
  config: { ...DEFAULT_CONFIG, customActions: ['resolve', 'score'] },
  rules: [
    ...RULESET.rules,
    actRule('resolve', { Workflow: { Status: 'RESOLVED' } }),
    actRule('score', { Confidence: 7 }),
  ],
};

describe('an act of a person', () => {
  it('does not hide a new event of its finding once it has been carried out', async () => {
    const here = world({ ruleset: ACTS });
    const act = pressed('resolve', '10:00:00', [finding(1, { ProductName: 'Inspector' })]);
    await run(here, [act]);
    const later = finding(1, { UpdatedAt: '2026-03-01T10:00:30Z' });

    const event = importedEvent([later], { id: 'later', time: '2026-03-01T10:02:00Z' });
    const report = await run(here, [act, event]);

    expect(outcomesOf(report)).toEqual(['finding-1 updated']);
    expect(here.payloads[1]).toMatchObject({ Workflow: { Status: 'NOTIFIED' } });
  });

  it('is carried out with the newest state, which is not decided again when it comes a second time', async () => {
    const here = world({ ruleset: ACTS });
    const act = pressed('score', '10:00:00', [finding(1)]);
    const newer = importedEvent([finding(1, { UpdatedAt: '2026-03-01T10:00:30Z' })], { id: 'newer' });
    await run(here, [newer, act]);

    const report = await run(here, [newer]);

    expect(outcomesOf(report)).toEqual(['finding-1 unchanged']);
    expect(report.endings[0]?.messageIds).toEqual(['m-0']);
    expect(here.payloads).toMatchObject([{ Confidence: 7 }]);
  });

  it('waits for an older act on the same finding, and returns', async () => {
    const here = world({ ruleset: ACTS });
    const score = pressed('score', '10:00:20', [finding(1)]);
    const resolve = pressed('resolve', '10:00:10', [finding(1)]);

    const report = await run(here, [score, resolve, importedEvent([finding(2)], { id: 'other' })]);

    expect(report.postponedIds).toEqual(['m-0']);
    expect(outcomesOf(report)).toEqual(['finding-1 updated', 'finding-2 updated']);
    expect(here.payloads).toMatchObject([
      { Workflow: { Status: 'RESOLVED' } },
      { Workflow: { Status: 'NOTIFIED' } },
    ]);
    expect(here.payloads[0]).not.toHaveProperty('Confidence');
  });

  it('that waited is decided on the finding as the other act left it', async () => {
    const resolved = finding(1, { Workflow: { Status: 'RESOLVED' } });
    const here = world({ ruleset: ACTS, stored: [resolved] });
    const score = pressed('score', '10:00:20', [finding(1)]);
    await run(here, [pressed('resolve', '10:00:10', [finding(1)]), score]);

    const report = await run(here, [score], 2);

    expect(here.reads).toEqual(['finding-1']);
    expect(outcomesOf(report)).toEqual(['finding-1 updated']);
    expect(here.payloads[1]).toMatchObject({ Confidence: 7 });
    expect(here.payloads[1]).not.toHaveProperty('Workflow');
  });

  it('that waited is read again even where its own event asks for nothing', async () => {
    const here = world({ ruleset: ACTS, stored: [finding(1, { ProductName: 'Inspector' })] });
    const UserDefinedFields = { triageSet: '{"v":1,"Confidence":"*"}' };
    const done = finding(1, { ProductName: 'Inspector', Confidence: 7, UserDefinedFields });

    const report = await run(here, [pressed('score', '10:00:20', [done])], 2);

    expect(here.reads).toEqual(['finding-1']);
    expect(outcomesOf(report)).toEqual(['finding-1 updated']);
    expect(here.updates).toEqual([[identifier(1)]]);
  });

  it('is decided on the finding as it stands where the state beside it came back', async () => {
    const seen = finding(1, { UpdatedAt: '2026-03-01T12:00:00Z' });
    const here = world({ ruleset: ACTS, stored: [{ ...seen, Workflow: { Status: 'RESOLVED' } }] });

    await run(here, [importedEvent([seen]), pressed('score', '10:00:20', [finding(1)])], [2, 1]);

    expect(here.reads).toEqual(['finding-1']);
    expect(here.payloads).toMatchObject([{ Confidence: 7 }]);
    expect(here.payloads[0]).not.toHaveProperty('Workflow');
  });

  it('is not read again on its first delivery', async () => {
    const here = world({ ruleset: ACTS });

    await run(here, [pressed('score', '10:00:20', [finding(1)])]);

    expect(here.reads).toEqual([]);
  });

  it('pressed several times is carried out once, by its latest press', async () => {
    const here = world({ ruleset: ACTS });
    const presses = ['10:00:10', '10:00:20'].map((time) => pressed('score', time, [finding(1)], time));

    const report = await run(here, presses);

    expect(report.postponedIds).toEqual([]);
    expect(report.endings[0]?.decided?.snapshot.envelope.id).toBe('10:00:20');
    expect(here.updates).toHaveLength(1);
  });
});

describe('a press that comes late', () => {
  const BOTH = {
    ...ACTS,
    version: 'both',
    rules: [actRule('resolve', { Workflow: { Status: 'RESOLVED' }, Confidence: 7 })],
  };
  const seen = since({ FindingProviderFields: {} });
  const press = (time: string) => pressed('resolve', time, [seen]);
  const late = [
    ['came back', press('10:00:00'), 2],
    ['is three hours old', press('07:00:00'), 1],
    ['is three hours old and came back', press('07:00:00'), 5],
  ] as const;

  it.each(late)(
    'and %s writes over nothing that a person set since, and all the rest',
    async (_, body, n) => {
      const stands = since({ FindingProviderFields: {}, Workflow: { Status: 'NOTIFIED' } });
      const here = world({ ruleset: BOTH, stored: [stands] });

      const report = await run(here, [body], n);

      expect(outcomesOf(report)).toEqual(['finding-1 updated']);
      expect(here.payloads).toMatchObject([{ Confidence: 7 }]);
      expect(here.payloads[0]).not.toHaveProperty('Workflow');
      expect(report.endings[0]?.outcome.held).toEqual(['Workflow']);
    },
  );

  it.each(late)('and %s is carried out where nothing has changed', async (_, body, n) => {
    const here = world({ ruleset: BOTH, stored: [seen] });

    await run(here, [body], n);

    expect(here.payloads).toMatchObject([{ Workflow: { Status: 'RESOLVED' }, Confidence: 7 }]);
  });

  it.each(late)('and %s is carried out where the change was ours', async (_, body, n) => {
    const UserDefinedFields = { triageRules: '|notify|', triageSet: '{"v":1,"Workflow":"NOTIFIED"}' };
    const ours = since({ FindingProviderFields: {}, Workflow: { Status: 'NOTIFIED' }, UserDefinedFields });
    const here = world({ ruleset: BOTH, stored: [ours] });

    await run(here, [body], n);

    expect(here.payloads).toMatchObject([{ Workflow: { Status: 'RESOLVED' }, Confidence: 7 }]);
  });

  it('does not write over what a newer event beside it shows', async () => {
    const newer = since({ UpdatedAt: '2026-03-01T10:00:30Z', Workflow: { Status: 'NOTIFIED' } });
    const here = world({ ruleset: ACTS });

    await run(here, [importedEvent([newer], { id: 'newer' }), pressed('resolve', '10:00:00', [seen])]);

    expect(here.payloads).toEqual([]);
  });

  it.each([
    ['within 15 minutes is carried out over the button pressed before it', '10:00:20', 'RESOLVED'],
    ['after that leaves what stands, whoever set it', '07:00:20', undefined],
  ])('%s', async (_, time, status) => {
    const here = world({ ruleset: TWO_BUTTONS, stored: [since({ Workflow: { Status: 'NOTIFIED' } })] });

    await run(here, [pressed('resolve', time, [seen])], 2);

    expect((here.payloads[0] as { Workflow?: { Status?: string } } | undefined)?.Workflow?.Status).toBe(
      status,
    );
  });

  it('without its state, as a redrive sends it, writes over nothing that somebody set', async () => {
    const here = world({ ruleset: BOTH, stored: [since({ Workflow: { Status: 'NOTIFIED' } })] });

    const report = await run(here, [pressed('resolve', '07:00:00', [{ ...identifier(1) }])]);

    expect(here.payloads).toMatchObject([{ Confidence: 7 }]);
    expect(report.endings[0]?.outcome.held).toEqual(['Workflow']);
  });

  it('of Re-triage decides anew over what was set before it, not over what came since', async () => {
    const before = finding(1, { Confidence: 5, FindingProviderFields: {} });
    const stands = { ...before, Workflow: { Status: 'RESOLVED' } };
    const ruleset = { ...RULESET, version: 're-triage', rules: [retriaged()] };
    const here = world({ ruleset, stored: [stands] });

    const report = await run(here, [pressed('triageRetriage', '07:00:00', [before])], 2);

    expect(here.payloads).toMatchObject([{ Confidence: 9 }]);
    expect(here.payloads[0]).not.toHaveProperty('Workflow');
    expect(report.endings[0]?.outcome.held).toEqual(['Workflow']);
  });

  it('of Re-triage leaves a hold that was set since', async () => {
    const held = finding(1, { UserDefinedFields: { triageHold: 'ann' } });
    const here = world({ stored: [held] });

    const report = await run(here, [pressed('triageRetriage', '07:00:00', [finding(1)])], 2);

    expect(here.payloads).toEqual([]);
    expect(outcomesOf(report)).toEqual(['finding-1 held']);
  });

  it('and cannot be carried out leaves a dead letter with what it was made on', async () => {
    const stands = since({ Workflow: { Status: 'NOTIFIED' } });
    const refuse = (findings: readonly FindingIdentifier[]) => ({
      kind: 'answered' as const,
      reply: {
        processed: [],
        unprocessed: findings.map((one) => ({ finding: one, cause: { code: 'InvalidInput', message: '' } })),
      },
    });
    const here = world({ ruleset: BOTH, stored: [stands], update: refuse });

    await run(here, [press('07:00:00')], 2);

    expect(JSON.parse(here.letters[0]?.body ?? '{}').detail.findings).toEqual([seen]);
  });
});

function retriaged(): Ruleset['rules'][number] {
  const [notify] = RULESET.rules;
  if (notify === undefined) throw new Error('The fixture has a rule.');
  return {
    ...notify,
    event: { type: 'update', params: { Workflow: { Status: 'NOTIFIED' }, Confidence: 9 } },
  };
}

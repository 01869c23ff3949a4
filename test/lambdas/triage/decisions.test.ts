import { describe, expect, it, vi } from 'vitest';
import { leaveUnchanged, redecideStale } from '../../../lambdas/triage/decisions.ts';
import { finding, identifier, importedEvent, NOW_MS, RULESET } from './fixtures.ts';
import { outcomesOf, run, world } from './world.ts';

describe('deciding a batch', () => {
  it('reads a finding again before it acts on an event older than fifteen minutes', async () => {
    const suppressed = finding(1, {
      Workflow: { Status: 'SUPPRESSED' },
      Note: { Text: 'mine', UpdatedBy: 'analyst' },
    });
    const here = world({ stored: [suppressed, finding(2)] });
    const time = new Date(NOW_MS - 15 * 60_000 - 1).toISOString();

    const report = await run(here, [importedEvent([finding(1), finding(2)], { time })]);

    expect(here.reads).toEqual(['finding-1', 'finding-2']);
    expect(outcomesOf(report)).toEqual(['finding-1 held', 'finding-2 updated']);
    expect(here.updates).toEqual([[identifier(2)]]);
  });

  it.each([
    ['is exactly fifteen minutes old', new Date(NOW_MS - 15 * 60_000).toISOString()],
    ['tells no time', undefined],
  ])('believes an event that %s', async (_, time) => {
    const here = world();

    await run(here, [importedEvent([finding(1)], { time })]);

    expect(here.reads).toEqual([]);
  });

  it('reads nothing again for an old event that asks for no update', async () => {
    const here = world();

    await run(here, [
      importedEvent([finding(1, { ProductName: 'Inspector' })], { time: '2020-01-01T00:00:00Z' }),
    ]);

    expect(here.reads).toEqual([]);
  });

  it('reads nothing again for an old event while it observes', async () => {
    const here = world({ mode: 'observe' });

    await run(here, [importedEvent([finding(1)], { time: '2020-01-01T00:00:00Z' })]);

    expect(here.reads).toEqual([]);
  });

  it.each([
    ['older', (states: readonly string[]) => states],
    ['newer', (states: readonly string[]) => states.toReversed()],
  ])('reads a finding again that came in two states within one second, the %s last', async (_, inOrder) => {
    const now = finding(1);
    const here = world({ stored: [now] });
    const states = [importedEvent([now]), importedEvent([finding(1, { ProductName: 'Inspector' })])];

    const report = await run(here, inOrder(states));

    expect(here.reads).toEqual(['finding-1']);
    expect(outcomesOf(report)).toEqual(['finding-1 updated']);
  });

  it('reads again what comes back and would act, and leaves what a person has set since', async () => {
    const seen = finding(1);
    const here = world({ stored: [{ ...seen, Workflow: { Status: 'RESOLVED' } }] });

    const report = await run(here, [importedEvent([seen])], 2);

    expect(here.reads).toEqual(['finding-1']);
    expect(outcomesOf(report)).toEqual(['finding-1 held']);
    expect(here.updates).toEqual([]);
  });

  it('reads again what comes back beside its twin that was not received before', async () => {
    const seen = finding(1);
    const here = world({ stored: [{ ...seen, Workflow: { Status: 'RESOLVED' } }] });

    const report = await run(here, [importedEvent([seen]), importedEvent([seen])], [2, 1]);

    expect(here.reads).toEqual(['finding-1']);
    expect(outcomesOf(report)).toEqual(['finding-1 held']);
  });

  const AT = (seconds: number) => new Date(NOW_MS - 60_000 + seconds * 1_000).toISOString();

  it('reads again what would act on a state from before one that was seen', async () => {
    const now = finding(1, { Workflow: { Status: 'RESOLVED' } });
    const here = world({ stored: [now] });
    await run(here, [importedEvent([now], { id: 'later', time: AT(30) })]);

    const report = await run(here, [importedEvent([finding(1)], { id: 'earlier', time: AT(0) })]);

    expect(here.reads).toEqual(['finding-1']);
    expect(outcomesOf(report)).toEqual(['finding-1 held']);
    expect(here.updates).toEqual([]);
  });

  it('reads again what would act on an event from before a reading', async () => {
    const now = finding(1, { Workflow: { Status: 'RESOLVED' } });
    const here = world({ stored: [now] });
    await run(here, [importedEvent([finding(1)], { id: 'first', time: AT(0) })], 2);

    const report = await run(here, [importedEvent([finding(1)], { id: 'second', time: AT(30) })]);

    expect(here.reads).toEqual(['finding-1', 'finding-1']);
    expect(outcomesOf(report)).toEqual(['finding-1 held']);
  });

  it('believes what is newer than all that was seen', async () => {
    const here = world();
    await run(here, [
      importedEvent([finding(1, { ProductName: 'Inspector' })], { id: 'first', time: AT(0) }),
    ]);

    const report = await run(here, [importedEvent([finding(1)], { id: 'second', time: AT(1) })]);

    expect(here.reads).toEqual([]);
    expect(outcomesOf(report)).toEqual(['finding-1 updated']);
  });

  it('reads again what SQS moved back from the dead-letter queue, which it counts as received once', async () => {
    const seen = finding(1);
    const here = world({ stored: [{ ...seen, Workflow: { Status: 'RESOLVED' } }] });
    const letter = JSON.stringify({
      ...JSON.parse(importedEvent([seen])),
      triage: { cause: { code: 'InvalidInput' } },
    });

    const report = await run(here, [letter]);

    expect(here.reads).toEqual(['finding-1']);
    expect(outcomesOf(report)).toEqual(['finding-1 held']);
  });

  it('reads nothing again that comes back and asks for nothing', async () => {
    const here = world();

    await run(here, [importedEvent([finding(1, { ProductName: 'Inspector' })])], 2);

    expect(here.reads).toEqual([]);
  });

  it('reads nothing again that came twice in one state', async () => {
    const here = world();

    await run(here, [importedEvent([finding(1)]), importedEvent([finding(1)])]);

    expect(here.reads).toEqual([]);
  });

  it('makes no connection where nothing is read again', async () => {
    const { instance } = world();
    const context = { ...instance, nowMs: NOW_MS };
    const pace = { bucket: instance.reads, clock: instance.clock, deadlineMs: NOW_MS + 60_000 };

    const decided = await redecideStale([], context, () => Promise.reject(new Error('connected')), pace);

    expect(decided).toEqual([]);
  });

  it('reads again only what is old, beside events that are believed', async () => {
    const here = world({ stored: [finding(1)] });

    const report = await run(here, [
      importedEvent([finding(1)], { time: '2020-01-01T00:00:00Z' }),
      importedEvent([finding(2)]),
    ]);

    expect(here.reads).toEqual(['finding-1']);
    expect(outcomesOf(report)).toEqual(['finding-1 updated', 'finding-2 updated']);
  });

  it('dead-letters a stale finding that is gone', async () => {
    const here = world();

    const report = await run(here, [importedEvent([finding(1)], { time: '2020-01-01T00:00:00Z' })]);

    expect(outcomesOf(report)).toEqual(['finding-1 deadLettered FindingNotFound']);
    expect(here.updates).toEqual([]);
  });

  it.each(['observe', 'enforce'] as const)(
    'reads what is only an identity before it decides it (%s)',
    async (mode) => {
      const here = world({ mode, stored: [finding(1, { ProductName: 'Inspector' })] });

      const report = await run(here, [importedEvent([identifier(1)])]);

      expect(here.reads).toEqual(['finding-1']);
      expect(outcomesOf(report)).toEqual(['finding-1 unchanged']);
    },
  );

  it.each([
    ['an error', new TypeError('says what\n stands at a finding'), 'TypeError'],
    ['an error without a stack', Object.assign(new TypeError('says it'), { stack: undefined }), 'TypeError'],
    ['something else', 'says what a finding says', 'unknown'],
  ])('quotes nothing where deciding fails with %s', async (_, thrown, name) => {
    const here = world();
    const ruleset = {
      ...RULESET,
      get rules(): never {
        throw thrown;
      },
    };

    const error = vi.spyOn(here.instance.log, 'error');

    const report = await run({ ...here, instance: { ...here.instance, ruleset } }, [
      importedEvent([finding(1)]),
    ]);

    expect(report.endings[0]?.outcome.cause).toEqual({
      code: 'DecisionFailed',
      message: `Deciding this finding failed with ${name}`,
    });
    const { frames, ...line } = (error.mock.calls[0]?.[1] ?? {}) as { frames?: readonly string[] };
    expect(error.mock.calls.map(([message]) => message)).toEqual(['decision failed']);
    expect(line).toEqual({ ...identifier(1), name });
    for (const frame of frames ?? []) expect(frame).toMatch(/^ +at .*:\d+:\d+\)?$/);
    expect(frames?.length).toBe(name === 'unknown' ? 0 : stackLines(thrown));
  });

  it('dead-letters a finding that cannot be decided for a fault of ours', async () => {
    const here = world();
    const broken = {
      ...RULESET,
      version: 'broken',
      rules: RULESET.rules.map((rule) => ({
        ...rule,
        conditions: { all: [{ fact: 'Title', operator: 'noSuchOperator', value: 1 }] },
      })),
    };

    const report = await run({ ...here, instance: { ...here.instance, ruleset: broken } }, [
      importedEvent([finding(1)]),
    ]);

    expect(outcomesOf(report)).toEqual(['finding-1 deadLettered DecisionFailed']);
  });

  it('reads an old finding again before it dead-letters it', async () => {
    const here = world({ stored: [finding(1)] });
    const ruleset = {
      ...RULESET,
      get rules(): never {
        throw new Error('a fault of ours');
      },
    };

    const report = await run({ ...here, instance: { ...here.instance, ruleset } }, [
      importedEvent([finding(1)], { time: '2020-01-01T00:00:00Z' }),
    ]);

    expect(here.reads).toEqual(['finding-1']);
    expect(outcomesOf(report)).toEqual(['finding-1 deadLettered DecisionFailed']);
  });
});

describe('what was carried out before', () => {
  it('is left unchanged, with nothing to cover, to send or to tell', () => {
    const event = { detailType: 'Security Hub Findings - Imported' };
    const snapshot = {
      ...{ finding: finding(1), event, timeMs: null },
      ...{ envelope: {}, messageId: 'm-1', redelivered: false },
    };

    expect(leaveUnchanged(snapshot)).toEqual({
      snapshot,
      press: null,
      covered: [],
      decision: {
        finding: identifier(1),
        kind: 'unchanged',
        update: null,
        rules: [],
        held: [],
        observed: null,
        newlySuppressed: false,
        trace: [],
      },
      blocked: null,
      readAtMs: null,
    });
  });
});

/** Frames of an error's stack; none where it has no stack. */
function stackLines(thrown: unknown): number | undefined {
  return thrown instanceof Error
    ? thrown.stack?.split('\n').filter((line) => line.startsWith('    at ')).length
    : 0;
}

import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../lib/findings/finding.ts';
import type { Ruleset } from '../../../lib/rules/ruleset.ts';
import { decide } from '../../../lib/triage/decide.ts';
import { finding, RULESET } from '../triage/fixtures.ts';
import { NOW_MS, stretch, sweepWorld, wholeSweep } from './world.ts';

const FINDINGS = Array.from({ length: 7 }, (_, n) =>
  finding(n, { ProductName: n % 2 === 0 ? 'GuardDuty' : 'Nobody writes rules for it' }),
);
const DAY_MS = 86_400_000;
const THROTTLED = { kind: 'throttled', cause: { code: 'TooManyRequestsException', message: '' } } as const;
const OUTAGE = { kind: 'unavailable', cause: { code: 'InternalException', message: '' } } as const;
const EXPIRED_TOKEN = { kind: 'refused', cause: { code: 'InvalidInputException', message: '' } } as const;
const DENIED = { kind: 'denied', cause: { code: 'AccessDeniedException', message: '' } } as const;

const SUPPRESSING: Ruleset = {
  ...RULESET,
  rules: RULESET.rules.map((rule) => ({
    ...rule,
    event: { type: 'update', params: { Workflow: { Status: 'SUPPRESSED' } } },
  })),
};

describe('a sweep', () => {
  it('reads every page and sends the findings on which a rule would act, those alone', async () => {
    const world = sweepWorld(FINDINGS);

    const progress = await stretch(world);

    expect(world.sent.flat()).toEqual(['finding-0', 'finding-2', 'finding-4', 'finding-6']);
    expect(progress).toMatchObject({ read: 7, sent: 4, newlySuppressed: 0, pass: 2, done: false });
  });

  it('reads no more than one page a second', async () => {
    const world = sweepWorld(FINDINGS);

    await stretch(world);

    const times = world.asked.map(({ atMs }) => atMs);
    expect(times).toHaveLength(4);
    for (const [n, atMs] of times.slice(1).entries())
      expect(atMs - (times[n] ?? 0)).toBeGreaterThanOrEqual(1_000);
  });

  it('ends with a pass that has nothing left to send, a quarter of an hour after one that had', async () => {
    const world = sweepWorld(FINDINGS);

    const { progress, stretches, waitedSeconds } = await wholeSweep(world, {}, () => world.triage());

    expect(progress).toMatchObject({ pass: 2, read: 14, sent: 4, sentThisPass: 0, done: true });
    expect([stretches, waitedSeconds]).toEqual([2, 900]);
  });

  it('ends after three passes where what was sent does not take effect, and says how much is left', async () => {
    const world = sweepWorld(FINDINGS);

    const { progress } = await wholeSweep(world);

    expect(progress).toMatchObject({ pass: 3, sent: 12, sentThisPass: 4, done: true });
  });

  it('asks again for no pass where there was nothing to send', async () => {
    const world = sweepWorld([finding(1, { ProductName: 'Nobody writes rules for it' })]);

    const progress = await stretch(world);

    expect(progress).toMatchObject({ pass: 1, read: 1, sent: 0, done: true });
  });

  it('sends nothing while observing, counts all the same, and ends after one pass', async () => {
    const world = sweepWorld(FINDINGS, { mode: 'observe', ruleset: SUPPRESSING, suppressionsPerHour: 1 });

    const progress = await stretch(world);

    expect(world.sent).toEqual([]);
    expect(progress).toMatchObject({ read: 7, sent: 4, newlySuppressed: 4, waitSeconds: 0, done: true });
  });

  it('sends nothing in a dry run', async () => {
    const world = sweepWorld(FINDINGS);

    const progress = await stretch(world, { dryRun: true });

    expect(world.sent).toEqual([]);
    expect(progress).toMatchObject({ dryRun: true, sent: 4, pass: 1, done: true });
  });

  it('stops at its time between two pages and goes on there', async () => {
    const world = sweepWorld(FINDINGS);

    const first = await stretch(world, {}, 1_000);
    const second = await stretch(world, first);

    expect(first).toMatchObject({ read: 4, done: false, waitSeconds: 0 });
    expect(second.read).toBe(7);
    expect(world.sent.flat()).toEqual(['finding-0', 'finding-2', 'finding-4', 'finding-6']);
  });

  it('goes on from a checkpoint that was written down as JSON', async () => {
    const world = sweepWorld(FINDINGS);
    const checkpoint = JSON.parse(JSON.stringify(await stretch(world, {}, 1_000)));

    const { progress } = await wholeSweep(world, checkpoint, () => world.triage());

    expect(progress).toMatchObject({ sent: 4, done: true });
  });

  it('counts the findings with a mark of this instance', async () => {
    const world = sweepWorld([finding(1, { UserDefinedFields: { triageSet: '{"v":1}' } }), finding(2)]);

    const progress = await stretch(world);

    expect(progress.marked).toBe(1);
  });
});

describe('a sweep whose calls fail', () => {
  it('tries a page that was throttled again', async () => {
    const world = sweepWorld(FINDINGS, { failures: { 2: THROTTLED, 3: OUTAGE } });

    const progress = await stretch(world);

    expect(progress).toMatchObject({ read: 7, sent: 4 });
  });

  it('throws where not even the first page can be read, so that the stretch is tried again', async () => {
    const world = sweepWorld(FINDINGS, { failures: { 1: DENIED } });

    const failing = stretch(world);

    await expect(failing).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('keeps what it has where a later page cannot be read, and waits a minute', async () => {
    const world = sweepWorld(FINDINGS, { failures: { 3: DENIED } });

    const progress = await stretch(world);

    expect(progress).toMatchObject({ read: 4, nextToken: '4', waitSeconds: 60, done: false });
  });

  it('does not count a page whose findings the queue did not take, so that it is sent again', async () => {
    const world = sweepWorld(FINDINGS, { refusedSends: [2] });

    const first = await stretch(world);
    const second = await stretch(world, first);

    expect(first).toMatchObject({ read: 2, sent: 1, waitSeconds: 60 });
    expect(second).toMatchObject({ read: 7, sent: 4 });
    expect(world.sent.flat()).toEqual(['finding-0', 'finding-2', 'finding-2', 'finding-4', 'finding-6']);
  });

  it('begins a query anew a day before the last finding where its token has expired', async () => {
    const dated = FINDINGS.map((one, n) => ({ ...one, CreatedAt: `2026-02-0${n + 1}T10:00:00.000Z` }));
    const world = sweepWorld(dated, { failures: { 3: EXPIRED_TOKEN } });

    const progress = await stretch(world);

    expect(world.asked[3]).toMatchObject({
      token: null,
      filters: {
        CreatedAt: [{ Start: '2026-02-03T10:00:00.000Z', End: new Date(NOW_MS).toISOString() }],
      },
    });
    // Two findings come twice: deciding them again changes nothing.
    expect(progress.read).toBe(9);
    expect(new Set(world.sent.flat())).toEqual(new Set(['finding-0', 'finding-2', 'finding-4', 'finding-6']));
  });

  it('gives a token up after three refusals in a row', async () => {
    const failures = Object.fromEntries([2, 4, 6, 8].map((call) => [call, EXPIRED_TOKEN]));
    const world = sweepWorld(FINDINGS, { failures });

    const progress = await stretch(world);

    expect(progress).toMatchObject({ refusedTokens: 3, waitSeconds: 60, done: false });
  });
});

describe('the budget for suppressions', () => {
  const HIDEABLE = Array.from({ length: 60 }, (_, n) => finding(n));

  it('bounds what is sent, without a pause, and says how many are left to the next sweep', async () => {
    const world = sweepWorld(HIDEABLE, { ruleset: SUPPRESSING, suppressionsPerHour: 10, pageSize: 5 });

    const first = await stretch(world);

    // Half an hour's share.
    expect(first).toMatchObject({ read: 60, sent: 5, newlySuppressed: 5, deferredBefore: 55, pass: 2 });
    expect(first.waitSeconds).toBe(900);
  });

  it('does not keep what a lapsed rule hides from being withdrawn in the same pass', async () => {
    const hidden = await suppressedBefore(finding(99, { ProductName: 'Nobody writes rules for it' }));
    const world = sweepWorld([...HIDEABLE, hidden], {
      ...{ ruleset: SUPPRESSING, suppressionsPerHour: 10, pageSize: 60 },
    });

    const first = await stretch(world);

    expect(first).toMatchObject({ read: 61, deferredBefore: 55, pass: 2 });
    expect(world.sent.at(-1)).toEqual(['finding-99']);
  });

  it('lets later sweeps suppress the rest, each as many as the share has made room for', async () => {
    const world = sweepWorld(HIDEABLE, { ruleset: SUPPRESSING, suppressionsPerHour: 10, pageSize: 5 });
    const left: number[] = [];

    for (let sweeps = 0; sweeps < 20 && left.at(-1) !== 0; sweeps += 1) {
      const { progress } = await wholeSweep(world, {}, () => world.triage());
      left.push(progress.deferred);
      world.clock.advance(DAY_MS);
    }

    expect(left.length).toBeGreaterThan(2);
    expect(left.at(-1)).toBe(0);
    expect(left).toEqual(left.toSorted((one, other) => other - one));
    expect(new Set(world.sent.flat()).size).toBe(60);
  });

  it('starts no further pass because of what was deferred', async () => {
    const world = sweepWorld(HIDEABLE, { ruleset: SUPPRESSING, suppressionsPerHour: 10, pageSize: 5 });

    const { progress } = await wholeSweep(world, {}, () => world.triage());

    // The second pass looks whether the first took effect, and takes what the share gives meanwhile.
    expect(progress).toMatchObject({ pass: 2, sentThisPass: 0, done: true });
    expect(progress.newlySuppressed).toBeGreaterThan(5);
    expect(progress.newlySuppressed + progress.deferred).toBe(60);
  });

  it('is there for one finding at least', async () => {
    const world = sweepWorld(HIDEABLE, { ruleset: SUPPRESSING, suppressionsPerHour: 1 });

    const progress = await stretch(world);

    expect(progress).toMatchObject({ newlySuppressed: 1, deferredBefore: 59 });
  });

  it('defers nothing where rules suppress nothing', async () => {
    const world = sweepWorld(FINDINGS, { suppressionsPerHour: 1 });

    const progress = await stretch(world);

    expect(progress).toMatchObject({ read: 7, sent: 4, deferred: 0 });
  });
});

/** As a rule that has lapsed since left it. */
async function suppressedBefore(one: Finding): Promise<Finding> {
  const anyProduct: Ruleset = {
    ...SUPPRESSING,
    rules: SUPPRESSING.rules.map((rule) => ({
      ...rule,
      conditions: { all: [{ fact: 'ProductName', operator: 'equal', value: one.ProductName }] },
    })),
  };
  const { update } = await decide(
    one,
    { detailType: 'Security Hub Findings - Imported' },
    anyProduct,
    NOW_MS,
  );
  if (update === null) throw new Error('The rule suppresses nothing.');
  return { ...one, ...update };
}

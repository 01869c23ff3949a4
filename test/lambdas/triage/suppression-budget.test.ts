import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallResult } from '../../../lambdas/triage/call-failure.ts';
import type { Decided } from '../../../lambdas/triage/decisions.ts';
import {
  createSuppressionBudget,
  holdBackSuppressions,
  type SuppressionBudget,
} from '../../../lambdas/triage/suppression-budget.ts';
import type { Ruleset } from '../../../lib/rules/ruleset.ts';
import type { Decision } from '../../../lib/triage/decision.ts';
import type { UpdateReply } from '../../../lib/triage/reply.ts';
import { endingOf } from './endings.ts';
import { finding, identifier, importedEvent, NOW_MS, RULESET } from './fixtures.ts';
import { outcomesOf, run, world } from './world.ts';

const HOUR_MS = 3_600_000;
const [notify] = RULESET.rules;
/** Suppresses GuardDuty findings instead of notifying of them. */
const SUPPRESSING = {
  ...RULESET,
  rules: [
    { ...notify, event: { type: 'update', params: { Workflow: { Status: 'SUPPRESSED' } } } },
    {
      ...notify,
      name: 'notify-inspector',
      conditions: { all: [{ fact: 'ProductName', operator: 'equal', value: 'Inspector' }] },
    },
  ],
} as Ruleset;

function suppressing(suppressionsPerHour?: number, mode: 'observe' | 'enforce' = 'enforce') {
  return world({ ruleset: SUPPRESSING, mode, ...(suppressionsPerHour && { suppressionsPerHour }) });
}

interface Step {
  readonly waitMs: number;
  readonly wanted: number;
  /** Of each finding whether its call fails on its way. */
  readonly lost: (finding: number) => boolean;
  /** What is in doubt is tried again first. */
  readonly isBack: boolean;
}

const STEP: fc.Arbitrary<Step> = fc.record({
  waitMs: fc.integer({ min: 0, max: HOUR_MS }),
  wanted: fc.nat({ max: 12 }),
  lost: fc.func(fc.boolean()),
  isBack: fc.boolean(),
});

/** After each step the findings that may have been suppressed within the hour before. */
function inHourAfterEach(perHour: number, steps: readonly Step[]): readonly number[] {
  const budget = createSuppressionBudget(perHour);
  const lastTriedMs: number[] = [];
  let nowMs = NOW_MS;
  return steps.map(({ waitMs, wanted, lost, isBack }) => {
    nowMs += waitMs;
    const granted = Math.min(wanted, budget.left(nowMs));
    const back = [...lastTriedMs.keys()].filter((n) => isBack && budget.isInDoubt(identifier(n)));
    const anew = Array.from({ length: granted }, (_, n) => lastTriedMs.length + n);
    for (const n of [...back, ...anew]) {
      budget.spend(identifier(n), nowMs, !lost(n));
      lastTriedMs[n] = nowMs;
    }
    return lastTriedMs.filter((atMs) => nowMs - atMs < HOUR_MS).length;
  });
}

describe('the budget of suppressions', () => {
  it('never allows more than its size in any hour, whatever comes when, and in doubt or not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 }), fc.array(STEP, { maxLength: 60 }), (perHour, steps) => {
        for (const inHour of inHourAfterEach(perHour, steps)) expect(inHour).toBeLessThanOrEqual(perHour);
      }),
      { seed: 20260301, numRuns: 500 },
    );
  });

  it('has room again as the hour moves on', () => {
    const budget = createSuppressionBudget(2);
    budget.spend(identifier(1), NOW_MS, true);
    budget.spend(identifier(2), NOW_MS + 60_000, true);

    expect(budget.left(NOW_MS + 60_000)).toBe(0);
    expect(budget.left(NOW_MS + HOUR_MS - 1)).toBe(0);
    expect(budget.left(NOW_MS + HOUR_MS)).toBe(1);
    expect(budget.left(NOW_MS + HOUR_MS + 60_000)).toBe(2);
  });

  it('counts once what may have been suppressed, however often it is tried, and confirmed or not', () => {
    const budget = createSuppressionBudget(3);

    expect(budget.spend(identifier(1), NOW_MS, false)).toBe(true);
    expect(budget.spend(identifier(1), NOW_MS + 60_000, false)).toBe(false);
    expect(budget.left(NOW_MS + 60_000)).toBe(2);
    expect(budget.isInDoubt(identifier(1))).toBe(true);
    expect(budget.spend(identifier(1), NOW_MS + 120_000, true)).toBe(false);
    expect(budget.isInDoubt(identifier(1))).toBe(false);
    expect(budget.left(NOW_MS + 120_000)).toBe(2);
    // Suppressed once more, it counts once more.
    expect(budget.spend(identifier(1), NOW_MS + 180_000, true)).toBe(true);
    expect(budget.left(NOW_MS + 180_000)).toBe(1);
  });

  it('lets what stayed in doubt go with its hour', () => {
    const budget = createSuppressionBudget(2);
    budget.spend(identifier(1), NOW_MS, false);
    budget.spend(identifier(2), NOW_MS + 60_000, false);
    // Tried again, it may have been suppressed by that.
    budget.spend(identifier(1), NOW_MS + 120_000, false);

    expect(budget.left(NOW_MS + HOUR_MS + 59_999)).toBe(0);
    expect(budget.left(NOW_MS + HOUR_MS + 60_000)).toBe(1);
    expect([1, 2].map((n) => budget.isInDoubt(identifier(n)))).toEqual([true, false]);
    expect(budget.left(NOW_MS + HOUR_MS + 120_000)).toBe(2);
  });

  it('has no end where none is set', () => {
    const budget = createSuppressionBudget(null);
    for (let n = 0; n < 10; n += 1) budget.spend(identifier(n), NOW_MS, n % 2 === 0);

    expect(budget.left(NOW_MS)).toBe(Number.POSITIVE_INFINITY);
  });

  it('forgets the oldest in doubt where none is set, and none of them where one is', () => {
    const inDoubt = (budget: SuppressionBudget) => [0, 1, 20_000].map((n) => budget.isInDoubt(identifier(n)));
    const [endless, limited] = [createSuppressionBudget(null), createSuppressionBudget(30_000)];
    for (const budget of [endless, limited])
      for (let n = 0; n <= 20_000; n += 1) budget.spend(identifier(n), NOW_MS, false);

    expect(inDoubt(endless)).toEqual([false, true, true]);
    expect(inDoubt(limited)).toEqual([true, true, true]);
  });
});

describe('holding suppressions back', () => {
  const decidedOf = (n: number, decision: Partial<Decision>, blocked: Decided['blocked'] = null): Decided => {
    const { decided } = endingOf(n, { decision });
    if (decided === null) throw new Error('not decided');
    return { ...decided, blocked };
  };

  it('counts updates that suppress and are not blocked already, and no others', () => {
    const suppressed = { kind: 'update', newlySuppressed: true } as const;
    const gone = { kind: 'deadLettered', cause: { code: 'FindingNotFound', message: '' } } as const;
    const decided = [
      decidedOf(1, suppressed, gone),
      decidedOf(2, { kind: 'update', newlySuppressed: false }),
      decidedOf(3, { kind: 'deadLetter', newlySuppressed: true }),
      decidedOf(4, suppressed),
      decidedOf(5, suppressed),
    ];

    const held = holdBackSuppressions(decided, createSuppressionBudget(1), NOW_MS);

    expect(held.slice(0, 4)).toEqual(decided.slice(0, 4));
    expect(held[4]?.blocked).toEqual({
      kind: 'returned',
      cause: {
        code: 'SuppressionBudget',
        message: 'This hour has newly suppressed as many findings as triage:suppressionsPerHour allows',
      },
    });
  });
});

describe('a batch that suppresses more than the budget', () => {
  it('suppresses so many, in order, and returns the others, but updates what is not suppressed', async () => {
    const here = suppressing(2);
    const others = [finding(4), finding(5, { ProductName: 'Inspector' })];

    const report = await run(here, [importedEvent([finding(1), finding(2), finding(3), ...others])]);

    expect(outcomesOf(report)).toEqual([
      'finding-1 updated',
      'finding-2 updated',
      'finding-3 returned SuppressionBudget',
      'finding-4 returned SuppressionBudget',
      'finding-5 updated',
    ]);
    expect(here.updates.flat().map(({ Id }) => Id)).toEqual(['finding-1', 'finding-2', 'finding-5']);
    expect(here.letters).toEqual([]);
  });

  it('leaves nothing of the budget to the next batch of the hour', async () => {
    const here = suppressing(1);
    await run(here, [importedEvent([finding(1)], { id: 'a' })]);

    const second = await run(here, [importedEvent([finding(2)], { id: 'b' })]);

    expect(outcomesOf(second)).toEqual(['finding-2 returned SuppressionBudget']);
  });

  it('does not count what is suppressed already', async () => {
    const here = suppressing(1);
    const already = finding(1, { Workflow: { Status: 'SUPPRESSED' } });

    const report = await run(here, [importedEvent([already, finding(2)])]);

    expect(outcomesOf(report)).toEqual(['finding-1 unchanged', 'finding-2 updated']);
  });

  it.each(['denied', 'throttled', 'refused'] as const)(
    'does not count an attempt that was %s',
    async (kind) => {
      let isDown = true;
      const here = world({
        ruleset: SUPPRESSING,
        suppressionsPerHour: 1,
        update: (findings) =>
          isDown
            ? { kind, cause: { code: kind, message: '' } }
            : { kind: 'answered', reply: { processed: findings, unprocessed: [] } },
      });
      const { newlySuppressed } = await run(here, [importedEvent([finding(1)])]);
      isDown = false;

      const second = await run(here, [importedEvent([finding(2)], { id: 'b' })]);

      expect(newlySuppressed).toBe(0);
      expect(outcomesOf(second)).toEqual(['finding-2 updated']);
    },
  );

  it.each<[string, CallResult<UpdateReply>]>([
    ['no reply came to', { kind: 'unavailable', cause: { code: 'TimeoutError', message: '' } }],
    ['a reply says nothing of', { kind: 'answered', reply: { processed: [], unprocessed: [] } }],
  ])(
    'counts what %s: a hub that suppresses and does not say so is not outside the budget',
    async (_, result) => {
      const here = world({ ruleset: SUPPRESSING, suppressionsPerHour: 20, update: () => result });
      const batch = (first: number) =>
        Array.from({ length: 15 }, (_unused, n) =>
          importedEvent([finding(first + n)], { id: `${first + n}` }),
        );

      const counted = [await run(here, batch(0)), await run(here, batch(15)), await run(here, batch(30))];

      expect(counted.map(({ newlySuppressed }) => newlySuppressed)).toEqual([15, 5, 0]);
      expect(new Set(here.updates.flat().map(({ Id }) => Id)).size).toBe(20);
    },
  );

  it('tries again what is in doubt, whatever the budget, and counts it no second time', async () => {
    let isDown = true;
    const here = world({
      ruleset: SUPPRESSING,
      stored: [finding(1)],
      suppressionsPerHour: 1,
      update: (findings) =>
        isDown
          ? { kind: 'unavailable', cause: { code: 'TimeoutError', message: '' } }
          : { kind: 'answered', reply: { processed: findings, unprocessed: [] } },
    });
    await run(here, [importedEvent([finding(1)])]);
    isDown = false;

    const again = await run(
      here,
      [importedEvent([finding(1)]), importedEvent([finding(2)], { id: 'b' })],
      [2, 1],
    );

    expect(outcomesOf(again)).toEqual(['finding-1 updated', 'finding-2 returned SuppressionBudget']);
    expect(again.newlySuppressed).toBe(0);
  });

  it('holds nothing back without a budget, or while the stack observes', async () => {
    const events = [importedEvent([finding(1), finding(2), finding(3)])];

    const unlimited = await run(suppressing(), events);
    const observed = await run(suppressing(1, 'observe'), events);

    expect(outcomesOf(unlimited)).toEqual(['finding-1 updated', 'finding-2 updated', 'finding-3 updated']);
    expect(outcomesOf(observed)).toEqual(['finding-1 observed', 'finding-2 observed', 'finding-3 observed']);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSpread } from '../../../lib/simulation/tally/spread.ts';

const DAY_MS = 86_400_000;
const MOST_PAIRS = 10_000;
const MOST_DAYS = 4_000;

const account = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constant(-1), fc.constant(999_999_999_999));
const instant = fc.oneof(
  fc.integer({ min: 0, max: 6 }).map((day) => 1_790_000_000_000 + day * DAY_MS),
  fc.constant(Number.NEGATIVE_INFINITY),
);
const rules = fc.subarray(['wide', 'narrow', '__proto__'], { minLength: 0 });
const findings = fc.array(fc.tuple(instant, account, rules), { maxLength: 200 });

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

/** The same counted by texts. */
function counted<T>(values: readonly T[], keyOf: (value: T) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(keyOf(value), (counts.get(keyOf(value)) ?? 0) + 1);
  return counts;
}

function spreadOf(all: readonly (readonly [number, number, readonly string[]])[]) {
  const counter = createSpread();
  for (const one of all) counter.add(...one);
  return counter.spread();
}

describe('findings by day, and by account and rule', () => {
  it('are each counted once, and in order', () => {
    fc.assert(
      fc.property(findings, (all) => {
        const { byDay, earlier, undated, byAccountAndRule, more } = spreadOf(all);

        const dated = all.filter(([ms]) => Number.isFinite(ms));
        const days = counted(dated, ([ms]) => new Date(ms).toISOString().slice(0, 10));
        expect(byDay).toEqual([...days].sort().map(([day, count]) => ({ day, count })));
        expect({ earlier, undated }).toEqual({ earlier: 0, undated: all.length - dated.length });
        const pairs = all.flatMap(([, digits, names]) =>
          (names.length === 0 ? [''] : names).map((rule) => [digits, rule] as const),
        );
        const known = counted(pairs, ([digits, rule]) =>
          JSON.stringify([digits < 0 ? 'unknown' : String(digits).padStart(12, '0'), rule]),
        );
        expect(
          new Map(
            byAccountAndRule.map(({ account: id, rule, count }) => [JSON.stringify([id, rule]), count]),
          ),
        ).toEqual(known);
        expect(more).toEqual({ pairs: 0, findings: 0 });
        expect(spreadOf([...all].reverse())).toEqual(spreadOf(all));
      }),
    );
  });

  it('are listed so far as a list is to be read, those with most findings first, and the rest is summed', () => {
    const accounts = 30_000;
    const all = Array.from({ length: accounts * 2 }, (_, i) => {
      // The first hundred accounts have a second finding by the rule, and every account one by another.
      const isAgain = i >= accounts && i < accounts + 100;
      return [i * 1_000_000, i % accounts, [i < accounts || isAgain ? 'wide' : 'narrow']] as const;
    });

    const { byAccountAndRule, more } = spreadOf(all);

    expect(byAccountAndRule).toHaveLength(MOST_PAIRS);
    expect(byAccountAndRule.filter(({ count }) => count === 2)).toHaveLength(100);
    expect(more.pairs).toBe(accounts + accounts - 100 - MOST_PAIRS);
    expect(sum(byAccountAndRule.map(({ count }) => count)) + more.findings).toBe(all.length);
    expect(spreadOf([...all].reverse()).byAccountAndRule).toEqual(byAccountAndRule);
  });

  it('are listed by the latest days where there are very many, and the days before are summed', () => {
    const days = MOST_DAYS + 50;

    const { byDay, earlier, undated } = spreadOf(
      Array.from({ length: days * 2 }, (_, i) => [(i % days) * DAY_MS, 1, ['wide']] as const),
    );

    expect(byDay).toHaveLength(MOST_DAYS);
    expect(byDay[0]).toEqual({ day: '1970-02-20', count: 2 });
    expect([earlier, undated]).toEqual([100, 0]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAuthority } from '../../../../lib/rules/engine/authority.ts';
import { valueTestOf } from '../../../../lib/rules/engine/candidates/value-test.ts';
import { readerOf } from '../../../../lib/rules/engine/fact.ts';
import { OPERATORS } from '../../../../lib/rules/operators.ts';
import { rulesetOf } from '../../../contract/generate/case.ts';
import {
  decorated,
  decorators,
  drawnAt,
  plainComparison,
  plainOperators,
} from '../../../contract/generate/comparison.ts';
import { INSTANTS, LISTS } from '../../../contract/generate/surroundings.ts';
import { twist } from '../../../contract/generate/twist.ts';
import { scalar } from '../../../contract/generate/words.ts';
import { runs } from '../../../contract/runs.ts';

const ruleset = rulesetOf([], []);
const { operatorAt } = createAuthority(ruleset, (fact) => readerOf(fact, ruleset));

/** An operator, what a rule gives it, and values of a fact that are met, missed, nearly either, or anything. */
const comparison = fc.tuple(decorators, fc.constantFrom(...plainOperators)).chain(([outer, base]) => {
  const { literal, yes, no } = decorated(outer, plainComparison(base));
  const literals = fc.oneof(
    { weight: 8, arbitrary: literal },
    { weight: 1, arbitrary: scalar },
    {
      weight: 1,
      arbitrary: fc.constantFrom(...Object.values(LISTS)).map((list) => list.map(({ value }) => value)),
    },
  );
  return fc
    .tuple(literals, fc.nat(200), fc.constantFrom(...INSTANTS), scalar)
    .map(([value, n, nowMs, any]) => ({
      operator: [...outer, base].join(':'),
      base,
      literal: value,
      values: [
        ...[0, 1, 2].map((i) => drawnAt(yes(value, n + i), nowMs)),
        ...[0, 1, 2].map((i) => drawnAt(no(value, n + i), nowMs)),
        twist(drawnAt(yes(value, n), nowMs), n),
        any,
        [any],
        undefined,
      ],
      nowMs,
    }));
});

describe('the test of a value', () => {
  it("says what the engine's own operator says, whatever the decorators, the literal and the value", () => {
    const seen = new Map<string, { met: number; missed: number }>();

    fc.assert(
      fc.property(comparison, ({ operator, base, literal, values, nowMs }) => {
        const test = valueTestOf(operator, literal, operatorAt);
        const over = valueTestOf(operator, literal, operatorAt, 'over');
        const counted = seen.get(base) ?? { met: 0, missed: 0 };
        seen.set(base, counted);
        for (const value of values)
          for (const instant of [nowMs, ...INSTANTS]) {
            const expected = ask(operator, value, literal, instant);
            // Where the engine throws there is nothing to equal: the rule is not said to match.
            if (expected === 'threw') continue;

            // What is not run may be said to hold too often, never too seldom.
            const isKept = over(value, instant) || !expected;
            expect([value, instant, test(value, instant), isKept]).toEqual([value, instant, expected, true]);
            counted[expected ? 'met' : 'missed'] += 1;
          }
      }),
      runs(3_000),
    );

    for (const operator of plainOperators) {
      expect.soft(seen.get(operator)?.met ?? 0, `${operator} met`).toBeGreaterThan(100);
      expect.soft(seen.get(operator)?.missed ?? 0, `${operator} missed`).toBeGreaterThan(100);
    }
    expect(plainOperators.length).toBe(Object.keys(OPERATORS).length - 3);
  }, 600_000);
});

function ask(operator: string, value: unknown, literal: unknown, nowMs: number): boolean | 'threw' {
  try {
    return operatorAt(operator, nowMs)?.evaluate(value, literal) ?? 'threw';
  } catch {
    return 'threw';
  }
}

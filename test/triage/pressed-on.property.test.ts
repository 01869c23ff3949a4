import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/findings/finding.ts';
import type { Ruleset } from '../../lib/rules/ruleset.ts';
import { decide } from '../../lib/triage/decide.ts';
import { currentValue, KEY_PREFIX, sameValue } from '../../lib/triage/field.ts';
import type { PressedOn } from '../../lib/triage/pressed-on.ts';
import { applyUpdate } from '../reference/apply-update.ts';
import { referenceDecide } from '../reference/decide.ts';
import { NO_MARK, readMark } from '../reference/mark.ts';
import { standing } from '../reference/ownership.ts';
import { FOREIGN_ACTION, IMPORTED, NOW, PRESS, RETRIAGE, ruleset } from './generators.ts';
import { history, play } from './history.ts';

/** The same cases at every run; `PROPERTY_RUNS=100000 PROPERTY_SEED=7 npx vitest run test/triage` looks further. */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 2000);
const SEED = Number(process.env.PROPERTY_SEED ?? 20_261_122);

/** A press on an earlier state of the finding's own past, or on one that is not known. */
type Other = ReturnType<PressedOn['otherPress']>;

const press = fc.record({
  event: fc.constantFrom(PRESS, PRESS, RETRIAGE),
  past: history,
  rules: ruleset,
  stepsSeen: fc.nat(5),
  otherPress: fc.func(fc.constantFrom('earlier', 'earlier', 'none', 'none', 'later') as fc.Arbitrary<Other>),
  isUnknown: fc.constantFrom(false, false, false, true),
});
type Press = typeof press extends fc.Arbitrary<infer T> ? T : never;

async function played({
  past,
  stepsSeen,
  otherPress,
  isUnknown,
}: Press): Promise<{ now: Finding; on: PressedOn }> {
  const now = await play(past);
  const seen = await play({ ...past, steps: past.steps.slice(0, stepsSeen) });
  const { Id, ProductArn } = seen;
  return {
    now,
    on: { finding: isUnknown ? { Id, ProductArn } : seen, otherPress: isUnknown ? () => 'none' : otherPress },
  };
}

describe('a press that comes late', () => {
  it('is decided as the independent reference says, and once carried out asks for nothing more', async () => {
    const seen: Record<string, number> = {};
    await fc.assert(
      fc.asyncProperty(press, async (one) => {
        const { now, on } = await played(one);

        const decision = await decide(now, one.event, one.rules, NOW, 'matching', on);
        const expected = referenceDecide(now, one.event, one.rules, NOW, on);

        seen[decision.kind] = (seen[decision.kind] ?? 0) + 1;
        expect({ kind: decision.kind, update: decision.update, rules: decision.rules }).toEqual({
          kind: expected.kind,
          update: expected.update,
          rules: expected.rules,
        });
        expect(decision.held.map(({ field }) => field).sort()).toEqual([...expected.held].sort());
        expect([...(decision.pressed ?? [])].sort()).toEqual([...(expected.pressed ?? [])].sort());
        if (decision.kind !== 'update') return;
        const after = applyUpdate(now, decision.update);
        for (const event of [IMPORTED, FOREIGN_ACTION])
          expect((await decide(after, event, one.rules, NOW)).update).toBeNull();
        // What a rule took from someone is ours by then, and the press may have it.
        const takes = one.rules.rules.some(({ overwrite = [], adopt }) => overwrite.length > 0 || adopt);
        if (!takes)
          expect((await decide(after, one.event, one.rules, NOW, 'matching', on)).update).toBeNull();
      }),
      { numRuns: RUNS, seed: SEED },
    );
    for (const kind of ['update', 'held', 'unchanged'])
      expect(seen[kind] ?? 0, kind).toBeGreaterThan(RUNS / 50);
  });

  it('writes over nothing that someone else has set since', async () => {
    let spared = 0;
    await fc.assert(
      fc.asyncProperty(press, async (one) => {
        const { now, on } = await played({ ...one, otherPress: () => 'none' });
        const late = await decide(now, one.event, one.rules, NOW, 'matching', on);
        const atOnce = await decide(now, one.event, one.rules, NOW);

        const changed = changedSince(now, on.finding, one.rules);
        for (const field of changed) {
          spared += Number(wouldChange(now, atOnce.update, field));
          expect(wouldChange(now, late.update, field), field).toBe(false);
        }
      }),
      { numRuns: RUNS, seed: SEED },
    );
    expect(spared).toBeGreaterThan(RUNS / 50);
  });
});

/** Fields that are someone else's now, that were otherwise then, and that no rule may write over in any case. */
function changedSince(now: Finding, then: Finding, { rules, config }: Ruleset): readonly string[] {
  const mark = readMark(now, config);
  if (mark === 'unknownVersion') return [];
  const keys = Object.keys((now.UserDefinedFields ?? {}) as object)
    .filter((key) => !/^(triage|old)(Set|Rules)$/.test(key))
    .map((key) => KEY_PREFIX + key);
  return [
    ...['Workflow', 'Severity', 'VerificationState', 'Confidence', 'Criticality', 'Types', 'Note'],
    ...keys,
  ].filter((field) => {
    const member = field.startsWith(KEY_PREFIX) ? 'UserDefinedFields' : field;
    const mayOverwrite = rules.some(({ overwrite }) => overwrite?.some((name) => name === member));
    const isOthers = standing(now, mark ?? NO_MARK, field) === 'other';
    return isOthers && !mayOverwrite && !sameValue(currentValue(now, field), currentValue(then, field));
  });
}

function wouldChange(now: Finding, update: Parameters<typeof applyUpdate>[1], field: string): boolean {
  return (
    update !== null && !sameValue(currentValue(applyUpdate(now, update), field), currentValue(now, field))
  );
}

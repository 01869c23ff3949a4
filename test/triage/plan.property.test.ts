import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findingKey } from '../../lib/findings/finding-key.ts';
import type { FindingUpdate } from '../../lib/findings/update.ts';
import type { Decision } from '../../lib/triage/decision.ts';
import { planUpdates } from '../../lib/triage/plan.ts';

const update: fc.Arbitrary<FindingUpdate> = fc.oneof(
  fc.record({ Confidence: fc.integer({ min: 0, max: 2 }) }),
  fc.record({ Workflow: fc.record({ Status: fc.constantFrom('NOTIFIED' as const, 'SUPPRESSED' as const) }) }),
  fc.record({
    UserDefinedFields: fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), fc.constantFrom('1', '2')),
  }),
);

/** Few ids and payloads and many decisions, so that both coincide often and groups grow past one call. */
const decisions: fc.Arbitrary<Decision[]> = fc.array(
  fc.record({
    finding: fc.record({
      Id: fc.nat({ max: 400 }).map(String),
      ProductArn: fc.constantFrom('arn:p:one', 'arn:p:two'),
    }),
    kind: fc.constantFrom('update' as const, 'update' as const, 'update' as const, 'unchanged' as const),
    update: fc.oneof(
      { weight: 4, arbitrary: fc.constant({ Confidence: 7 }) },
      { weight: 1, arbitrary: update },
    ),
    rules: fc.constant([]),
    held: fc.constant([]),
    observed: fc.constant(null),
    newlySuppressed: fc.constant(false),
    trace: fc.constant([]),
  }),
  { maxLength: 500, size: 'max' },
);

/** The first decision of each finding, by an account of its own. */
function firstDecisions(all: readonly Decision[]): readonly Decision[] {
  return all.filter((one, at) => all.findIndex((other) => sameFinding(one, other)) === at);
}

function sameFinding(a: Decision, b: Decision): boolean {
  return a.finding.Id === b.finding.Id && a.finding.ProductArn === b.finding.ProductArn;
}

describe('planUpdates, for any decisions', () => {
  it('sends each finding once, with exactly what was decided for it', () => {
    fc.assert(
      fc.property(decisions, (all) => {
        const sent = planUpdates(all).flatMap((group) =>
          group.findings.map((finding) => ({ finding, group })),
        );

        const wanted = firstDecisions(all).filter(({ kind }) => kind === 'update');
        expect(sent.map(({ finding }) => findingKey(finding)).sort()).toEqual(
          wanted.map(({ finding }) => findingKey(finding)).sort(),
        );
        const decided = new Map(wanted.map((one) => [findingKey(one.finding), one.update]));
        for (const { finding, group } of sent) expect(group.update).toEqual(decided.get(findingKey(finding)));
      }),
      { numRuns: 60 },
    );
  });

  it('never puts more than one hundred findings into a call, nor none', () => {
    fc.assert(
      fc.property(decisions, (all) => {
        for (const { findings } of planUpdates(all)) {
          expect(findings.length).toBeGreaterThan(0);
          expect(findings.length).toBeLessThanOrEqual(100);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('makes as few calls as there can be: a hundred findings a call for each distinct payload', () => {
    fc.assert(
      fc.property(decisions, (all) => {
        const sizes = new Map<string, number>();
        for (const { kind, update } of firstDecisions(all)) {
          if (kind !== 'update') continue;
          // A second way to tell payloads apart than the product's own: members flattened and sorted.
          const payload = JSON.stringify(Object.entries(flatten(update)).sort());
          sizes.set(payload, (sizes.get(payload) ?? 0) + 1);
        }
        const fewest = [...sizes.values()].reduce((calls, size) => calls + Math.ceil(size / 100), 0);

        expect(planUpdates(all)).toHaveLength(fewest);
      }),
      { numRuns: 60 },
    );
  });
});

function flatten(value: unknown, path = ''): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return { [path]: value };
  const flat: Record<string, unknown> = { [path]: '{}' };
  for (const [name, member] of Object.entries(value)) Object.assign(flat, flatten(member, `${path}/${name}`));
  return flat;
}

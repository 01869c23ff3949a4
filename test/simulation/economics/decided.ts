import fc from 'fast-check';
import type { FindingUpdate } from '../../../lib/findings/update.ts';
import type { DecidedFinding } from '../../../lib/simulation/economics/decided-finding.ts';
import type { StackSettings } from '../../../lib/simulation/economics/stack.ts';
import type { Decision } from '../../../lib/triage/decision.ts';

/** What the product deploys, with the assumptions of the report. */
export const SETTINGS: StackSettings = {
  batchSize: 1_000,
  windowMs: 30_000,
  maxConcurrency: 2,
  pollers: 2,
  perSecond: 3,
  burst: 10,
  timeoutMs: 300_000,
  callMs: 200,
  messageMs: 1,
  echoMs: null,
};

/** A finding that is to get this update, or none. */
export function decidedOf(id: number, update: FindingUpdate | null, recordBytes = 4_500): DecidedFinding {
  const decision: Decision = {
    finding: { Id: `finding-${id}`, ProductArn: 'arn:aws:securityhub:::product/aws/x' },
    kind: update === null ? 'unchanged' : 'update',
    update,
    rules: [],
    held: [],
    observed: null,
    newlySuppressed: false,
    trace: [],
  };
  return { decision, recordBytes };
}

/** `count` findings that all get the same update. */
export function alike(count: number, update: FindingUpdate = { Confidence: 7 }): DecidedFinding[] {
  return Array.from({ length: count }, (_, id) => decidedOf(id, update));
}

/** Numbers that look random and are the same in every run. */
export function numbersFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const update: fc.Arbitrary<FindingUpdate> = fc.oneof(
  fc.record({ Confidence: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ Workflow: fc.record({ Status: fc.constantFrom('NOTIFIED' as const, 'SUPPRESSED' as const) }) }),
  fc.record({ Types: fc.subarray(['a/b', 'a/c', 'd/e'], { minLength: 1 }) }),
  fc.record({
    UserDefinedFields: fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), fc.constantFrom('1', '2')),
  }),
);

/** Findings that mostly share one payload, so that batches go past one call, with others in between. */
export const someDecided: fc.Arbitrary<DecidedFinding[]> = fc
  .array(
    fc.tuple(
      fc.oneof(
        { weight: 5, arbitrary: fc.constant({ Confidence: 7 }) },
        { weight: 2, arbitrary: update },
        { weight: 1, arbitrary: fc.constant(null) },
      ),
      fc.oneof(
        { weight: 20, arbitrary: fc.integer({ min: 2_000, max: 9_000 }) },
        { weight: 1, arbitrary: fc.constant(2_000_000) },
      ),
    ),
    { minLength: 1, maxLength: 400, size: 'max' },
  )
  .map((all) => all.map(([one, bytes], id) => decidedOf(id, one, bytes)));

export const someSettings: fc.Arbitrary<StackSettings> = fc.record({
  batchSize: fc.constantFrom(1, 10, 100, 1_000, 10_000),
  windowMs: fc.constantFrom(0, 1_000, 30_000, 300_000),
  maxConcurrency: fc.integer({ min: 2, max: 4 }),
  pollers: fc.integer({ min: 1, max: 5 }),
  perSecond: fc.integer({ min: 1, max: 10 }),
  burst: fc.integer({ min: 1, max: 30 }),
  timeoutMs: fc.constantFrom(10_000, 300_000),
  callMs: fc.constantFrom(0, 50, 400),
  messageMs: fc.constantFrom(0, 1),
  echoMs: fc.constantFrom(null, 2_000),
});

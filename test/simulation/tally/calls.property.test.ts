import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BATCH_FINDINGS, createCallCounter } from '../../../lib/simulation/tally/calls.ts';
import type { Decision } from '../../../lib/triage/decision.ts';
import { planUpdates } from '../../../lib/triage/plan.ts';

const decision = (index: number, payload: number): Decision => ({
  finding: { Id: `finding/${index}`, ProductArn: 'arn:aws:example' },
  kind: payload === 0 ? 'unchanged' : 'update',
  update: payload === 0 ? null : { Confidence: payload },
  rules: [],
  held: [],
  observed: null,
  newlySuppressed: false,
  trace: [],
});

describe('the calls of a simulation', () => {
  it('are those that the product plans, batch by batch', () => {
    const payloads = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 2_500, size: 'max' });
    fc.assert(
      fc.property(payloads, (all) => {
        const counter = createCallCounter();
        for (const payload of all) counter.add(payload);
        const { calls, batchFill, quotaSeconds } = counter.figures();

        const decisions = all.map((payload, index) => decision(index, payload));
        const planned = decisions.flatMap((_, at) =>
          at % BATCH_FINDINGS === 0 ? planUpdates(decisions.slice(at, at + BATCH_FINDINGS)) : [],
        );
        const sent = planned.reduce((sum, { findings }) => sum + findings.length, 0);
        expect(calls).toBe(planned.length);
        expect(batchFill).toBe(calls === 0 ? 0 : Math.round((10 * sent) / calls) / 10);
        expect(quotaSeconds).toBe(calls / 10);
      }),
      { numRuns: 30 },
    );
  });
});

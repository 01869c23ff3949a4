import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTokenBucket } from '../../../lambdas/triage/token-bucket.ts';
import { type Tokens, takeToken } from '../../../lib/simulation/economics/call-budget.ts';
import { virtualClock } from '../../lambdas/triage/fixtures.ts';

describe('takeToken', () => {
  it("gives each token when the function's own bucket gives it, for any rate, pauses and deadlines", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 1, max: 30 }),
        fc.array(fc.tuple(fc.nat({ max: 900 }), fc.constantFrom(50, 400, 60_000)), { maxLength: 80 }),
        async (perSecond, burst, asks) => {
          const clock = virtualClock(0);
          const bucket = createTokenBucket(perSecond, burst, clock);
          let tokens: Tokens = { left: burst, atMs: 0 };
          for (const [pauseMs, patienceMs] of asks) {
            clock.advance(pauseMs);
            const askedMs = clock.nowMs();

            const taken = await bucket.take(askedMs + patienceMs);
            const simulated = takeToken(tokens, askedMs, askedMs + patienceMs, { perSecond, burst });

            expect(simulated.taken).toBe(taken);
            expect(simulated.tokens.atMs).toBe(clock.nowMs());
            tokens = simulated.tokens;
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

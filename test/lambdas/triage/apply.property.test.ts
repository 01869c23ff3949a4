import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyUpdates } from '../../../lambdas/triage/apply.ts';
import type { CallResult } from '../../../lambdas/triage/call-failure.ts';
import type { SecurityHub } from '../../../lambdas/triage/security-hub.ts';
import { createTokenBucket } from '../../../lambdas/triage/token-bucket.ts';
import type { FindingIdentifier } from '../../../lib/findings/finding.ts';
import { findingKey } from '../../../lib/findings/finding-key.ts';
import type { UpdateReply } from '../../../lib/triage/reply.ts';
import { identifiers, virtualClock } from './fixtures.ts';

type Step =
  | { readonly kind: 'refused' | 'denied' | 'throttled' | 'unavailable' }
  /** By position in the call: what the reply says of an identifier. */
  | { readonly kind: 'answered'; readonly fates: readonly string[]; readonly swapped: boolean };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constantFrom(
      'refused' as const,
      'denied' as const,
      'throttled' as const,
      'unavailable' as const,
    ),
  }),
  fc.record({
    kind: fc.constant('answered' as const),
    fates: fc.array(
      fc.constantFrom(
        'processed',
        'missing',
        'both',
        'ConcurrentUpdateError',
        'FindingNotFound',
        'InvalidInput',
        'New',
      ),
      { minLength: 1, maxLength: 5 },
    ),
    swapped: fc.boolean(),
  }),
);

function scriptedHub(steps: readonly Step[], confirmed: Set<string>): { hub: SecurityHub; sizes: number[] } {
  let at = 0;
  const sizes: number[] = [];
  return {
    sizes,
    hub: {
      read: async () => ({ kind: 'answered', reply: { findings: [], nextToken: null } }),
      async update({ findings }): Promise<CallResult<UpdateReply>> {
        sizes.push(findings.length);
        const now = steps[at % steps.length] ?? { kind: 'refused' };
        at += 1;
        if (now.kind !== 'answered') return { kind: now.kind, cause: { code: now.kind, message: '' } };
        if (now.swapped) return { kind: 'answered', reply: replyTo(findings.map(swap), now.fates) };
        const reply = replyTo(findings, now.fates);
        const failed = new Set(reply.unprocessed.map(({ finding }) => findingKey(finding)));
        for (const key of reply.processed.map(findingKey)) if (!failed.has(key)) confirmed.add(key);
        return { kind: 'answered', reply };
      },
    },
  };
}

function swap({ Id, ProductArn }: FindingIdentifier): FindingIdentifier {
  return { Id: ProductArn, ProductArn: Id };
}

function replyTo(findings: readonly FindingIdentifier[], fates: readonly string[]): UpdateReply {
  const fated = findings.map((finding, n) => ({ finding, fate: fates[n % fates.length] ?? 'missing' }));
  return {
    processed: fated
      .filter(({ fate }) => fate === 'processed' || fate === 'both')
      .map(({ finding }) => finding),
    unprocessed: fated
      .filter(({ fate }) => fate !== 'processed' && fate !== 'missing')
      .map(({ finding, fate }) => ({ finding, cause: { code: fate, message: '' } })),
  };
}

describe('applyUpdates, for any replies', () => {
  it('ends every identifier exactly once, and calls it updated only if a reply confirmed it', async () => {
    const scripts = fc.array(step, { minLength: 1, maxLength: 12 });
    const sizes = fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 4 });

    await fc.assert(
      fc.asyncProperty(
        scripts,
        sizes,
        fc.integer({ min: 0, max: 120_000 }),
        async (steps, groupSizes, timeMs) => {
          const clock = virtualClock(0);
          const all = identifiers(groupSizes.reduce((sum, size) => sum + size, 0));
          let from = 0;
          const groups = groupSizes.map((size) => {
            from += size;
            return { update: { Confidence: 1 }, findings: all.slice(from - size, from) };
          });
          const confirmed = new Set<string>();
          const { hub, sizes: sent } = scriptedHub(steps, confirmed);

          const applied = await applyUpdates(groups, async () => hub, {
            bucket: createTokenBucket(3, 10, clock),
            clock,
            deadlineMs: timeMs,
          });

          expect([...applied.keys()].sort()).toEqual(all.map(findingKey).sort());
          for (const [key, { result }] of applied) expect(result.kind === 'updated').toBe(confirmed.has(key));
          for (const size of sent) expect(size).toBeLessThanOrEqual(100);
          expect(clock.nowMs()).toBeLessThanOrEqual(Math.max(0, timeMs - 3_000));
        },
      ),
      { numRuns: 400 },
    );
  });

  it('spends at most forty calls on a payload that is refused for all of up to 1,000 findings', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 1_000 }),
        fc.integer({ min: 1, max: 100 }),
        async (bad, good) => {
          const clock = virtualClock(0);
          const all = identifiers(bad + good);
          const groups = Array.from({ length: Math.ceil(bad / 100) }, (_, n) => ({
            update: { Confidence: 1 },
            findings: all.slice(n * 100, Math.min(bad, n * 100 + 100)),
          }));
          let refusals = 0;
          const hub: SecurityHub = {
            read: async () => ({ kind: 'answered', reply: { findings: [], nextToken: null } }),
            update: async ({ update, findings }) => {
              if (update.Confidence === 2)
                return { kind: 'answered', reply: { processed: findings, unprocessed: [] } };
              refusals += 1;
              return { kind: 'refused', cause: { code: 'InvalidInputException', message: '' } };
            },
          };

          const applied = await applyUpdates(
            [...groups, { update: { Confidence: 2 }, findings: all.slice(bad) }],
            async () => hub,
            { bucket: createTokenBucket(3, 10, clock), clock, deadlineMs: 60_000 },
          );

          expect(refusals).toBeLessThanOrEqual(40);
          const kinds = all.map((finding) => applied.get(findingKey(finding))?.result.kind);
          expect(kinds.indexOf('updated')).toBe(bad);
          expect(kinds.lastIndexOf('deadLettered')).toBe(bad - 1);
          expect(kinds).toHaveLength(applied.size);
        },
      ),
      { numRuns: 100 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findingKey } from '../../lib/findings/finding-key.ts';
import { accountReply } from '../../lib/triage/reply.ts';

const identifier = fc.record({
  Id: fc.constantFrom('a', 'b', 'c', 'd', 'foreign'),
  ProductArn: fc.constantFrom('arn:p:one', 'arn:p:two'),
});
const sent = fc.uniqueArray(identifier, { selector: findingKey, maxLength: 8 });
const reply = fc.record({
  processed: fc.array(identifier),
  unprocessed: fc.array(
    fc.record({ finding: identifier, cause: fc.record({ code: fc.string(), message: fc.string() }) }),
  ),
});

describe('accountReply, for any reply', () => {
  it('puts every identifier that was sent in exactly one place, and no other', () => {
    fc.assert(
      fc.property(sent, reply, (identifiers, lists) => {
        const { processed, failed } = accountReply(identifiers, lists);

        const accounted = [...processed, ...failed.map(({ finding }) => finding)].map(findingKey);
        expect(accounted.sort()).toEqual(identifiers.map(findingKey).sort());
      }),
      { numRuns: 2_000 },
    );
  });

  it('believes an update only where the reply names it as processed and not as unprocessed', () => {
    fc.assert(
      fc.property(sent, reply, (identifiers, lists) => {
        const unprocessed = new Set(lists.unprocessed.map(({ finding }) => findingKey(finding)));
        const named = new Set(lists.processed.map(findingKey));

        for (const finding of accountReply(identifiers, lists).processed) {
          expect(named.has(findingKey(finding))).toBe(true);
          expect(unprocessed.has(findingKey(finding))).toBe(false);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

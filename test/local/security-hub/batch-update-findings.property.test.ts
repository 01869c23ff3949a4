import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FindingIdentifier } from '../../../lib/findings/finding.ts';
import { createTestHub, finding } from './account.ts';

const identifier = fc.record({
  Id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  ProductArn: fc.constantFrom('arn:aws:securityhub:one', 'arn:aws:securityhub:two'),
});
const codes = fc.constantFrom('ConcurrentUpdateError', 'InternalFailure', 'InvalidInput');

interface Body {
  readonly ProcessedFindings: readonly FindingIdentifier[];
  readonly UnprocessedFindings: readonly { readonly FindingIdentifier: FindingIdentifier }[];
}

describe('the reply of BatchUpdateFindings', () => {
  it('accounts for every identifier sent, and only what it calls processed changes and emits', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(identifier, { selector: (one) => JSON.stringify(one) }),
        fc.array(fc.tuple(identifier, codes), { maxLength: 4 }),
        fc.array(identifier, { minLength: 1, maxLength: 12 }),
        (known, failures, sent) => {
          const { hub, events } = createTestHub();
          hub.seed(known.map(({ Id, ProductArn }) => finding(Id, { ProductArn })));
          for (const [one, code] of failures) {
            hub.faults.fail(one, code);
          }

          const delivery = hub.call('BatchUpdateFindings', { FindingIdentifiers: sent, Confidence: 5 });

          const done = delivery.kind === 'reply' && delivery.reply.kind === 'done';
          const body = (done ? delivery.reply.body : undefined) as Body;
          const unprocessed = body.UnprocessedFindings.map((one) => one.FindingIdentifier);
          const names = (list: readonly FindingIdentifier[]): string[] =>
            list.map(({ Id, ProductArn }) => `${ProductArn}/${Id}`).sort();
          const changed = hub.findings().filter((stored) => stored.Confidence === 5);
          expect(names([...body.ProcessedFindings, ...unprocessed])).toEqual(names(sent));
          expect(names(changed)).toEqual(names(body.ProcessedFindings));
          expect(events.flatMap((event) => event.resources)).toEqual(
            body.ProcessedFindings.map(({ Id, ProductArn }) => `${ProductArn}/${Id}`),
          );
        },
      ),
    );
  });
});

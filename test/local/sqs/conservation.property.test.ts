import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startQueues } from './queues.ts';

const MAX_RECEIVES = 2;
const VISIBILITY_MS = 10_000;

const step = fc.oneof(
  fc.record({ kind: fc.constant('send' as const) }),
  fc.record({ kind: fc.constant('receive' as const), most: fc.integer({ min: 1, max: 10 }) }),
  fc.record({ kind: fc.constant('delete' as const), nth: fc.nat(20) }),
  fc.record({ kind: fc.constant('return' as const), nth: fc.nat(20) }),
  fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 15_000 }) }),
  fc.record({ kind: fc.constant('redrive' as const) }),
);

/** Runs the steps against a queue with a dead-letter queue and returns all that was seen. */
function play(steps: readonly (typeof step extends fc.Arbitrary<infer S> ? S : never)[]) {
  const { service, call, send, receive, pass } = startQueues();
  service.addQueue('dead');
  const RedrivePolicy = JSON.stringify({
    deadLetterTargetArn: service.queueArn('dead'),
    maxReceiveCount: MAX_RECEIVES,
  });
  service.addQueue('q', { RedrivePolicy, VisibilityTimeout: String(VISIBILITY_MS / 1000) });
  const QueueUrl = service.queueUrl('q');
  const bodies: string[] = [];
  const handles: string[] = [];
  const receiveCounts: number[] = [];
  let deletions = 0;
  service.subscribe(({ kind }) => {
    if (kind === 'deleted') deletions += 1;
  });
  for (const next of steps) {
    if (next.kind === 'send') {
      bodies.push(`m${bodies.length}`);
      send('q', bodies.at(-1) ?? '');
    } else if (next.kind === 'receive') {
      for (const { ReceiptHandle, Attributes } of receive('q', { MaxNumberOfMessages: next.most })) {
        handles.push(ReceiptHandle);
        receiveCounts.push(Number(Attributes.ApproximateReceiveCount));
      }
    } else if (next.kind === 'wait') {
      pass(next.ms);
    } else if (next.kind === 'redrive') {
      call('StartMessageMoveTask', { SourceArn: service.queueArn('dead') });
    } else if (handles.length > 0) {
      const ReceiptHandle = handles[next.nth % handles.length];
      if (next.kind === 'delete') call('DeleteMessage', { QueueUrl, ReceiptHandle });
      else call('ChangeMessageVisibility', { QueueUrl, ReceiptHandle, VisibilityTimeout: 0 });
    }
  }
  const kept = [...service.peek('q'), ...service.peek('dead')].map(({ body }) => body);
  return { sent: bodies.length, kept, deletions, receiveCounts };
}

describe('the queues', () => {
  it('lose and double no message, whatever is sent, received, deleted, returned and redriven', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { sent, kept, deletions } = play(steps);

        expect(new Set(kept).size).toBe(kept.length);
        expect(kept.length + deletions).toBe(sent);
      }),
      { numRuns: 200 },
    );
  });

  it('never deliver a message more often than its redrive policy allows', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { receiveCounts } = play(steps);

        expect(receiveCounts.filter((count) => count > MAX_RECEIVES)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

import { expect } from 'vitest';
import { only, redrivePolicy, type Synthesized, triageFunction } from '../../synthesized.ts';
import { ADMINISTRATOR, onQueue } from '../access.ts';
import type { Demand } from '../demand.ts';

const DAY_SECONDS = 86_400;
const queuesOf = ({ ingest, deadLetter, undelivered }: Synthesized) => [ingest, deadLetter, undelivered];
const secondsOf = (queue: Synthesized['ingest'], attribute: string) => Number(queue.attributes[attribute]);

/** Queues keep what they are given, long enough and encrypted. */
export const QUEUE_DEMANDS: readonly Demand[] = [
  {
    sentence: 'there are three queues, each another',
    check: (stack) => {
      expect(new Set(queuesOf(stack).map(({ arn }) => arn)).size).toBe(3);
      expect(stack.resources.queues).toHaveLength(3);
    },
  },
  {
    sentence: 'every queue is encrypted, by SQS or under one key of the customer',
    check: (stack) => {
      const keys = queuesOf(stack).map(({ attributes }) => attributes.KmsMasterKeyId);
      expect(new Set(keys).size).toBe(1);
      if (keys[0] === undefined)
        for (const { attributes } of queuesOf(stack)) expect(attributes.SqsManagedSseEnabled).toBe('true');
    },
  },
  {
    sentence: 'no queue is spoken to over plain HTTP, by nobody',
    check: (stack) => {
      for (const queue of queuesOf(stack))
        for (const action of ['SendMessage', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'])
          expect(onQueue(stack, action, queue, ADMINISTRATOR, { 'aws:SecureTransport': 'false' })).toBe(
            'denied',
          );
    },
  },
  {
    sentence: 'an administrator reads every queue over TLS',
    check: (stack) => {
      for (const queue of queuesOf(stack))
        expect(onQueue(stack, 'ReceiveMessage', queue, ADMINISTRATOR)).toBe('allowed');
    },
  },
  {
    sentence:
      'a received message stays hidden for six timeouts of the function and the window, and half an hour at most',
    check: (stack) => {
      const timeoutSeconds = triageFunction(stack.resources).timeoutMs / 1000;
      const { batchingWindowSeconds } = only(stack.resources.eventSourceMappings);
      expect(secondsOf(stack.ingest, 'VisibilityTimeout')).toBeGreaterThanOrEqual(
        6 * timeoutSeconds + batchingWindowSeconds,
      );
      expect(secondsOf(stack.ingest, 'VisibilityTimeout')).toBeLessThanOrEqual(2_100);
    },
  },
  {
    sentence: 'events wait four days, as long as triage may be paused',
    check: (stack) =>
      expect(secondsOf(stack.ingest, 'MessageRetentionPeriod')).toBeGreaterThanOrEqual(4 * DAY_SECONDS),
  },
  {
    sentence: 'dead letters are kept longer than an event can wait before it becomes one, by a week at least',
    check: (stack) => {
      for (const queue of [stack.deadLetter, stack.undelivered])
        expect(secondsOf(queue, 'MessageRetentionPeriod')).toBeGreaterThanOrEqual(
          secondsOf(stack.ingest, 'MessageRetentionPeriod') + 7 * DAY_SECONDS,
        );
    },
  },
  {
    sentence:
      'an event that cannot be triaged ends in the dead-letter queue, after five deliveries at least and long before it would be forgotten',
    check: (stack) => {
      const { deadLetterTargetArn, maxReceiveCount = 0 } = redrivePolicy(stack.ingest);
      expect(deadLetterTargetArn).toBe(stack.deadLetter.arn);
      expect(maxReceiveCount).toBeGreaterThanOrEqual(5);
      expect(maxReceiveCount * secondsOf(stack.ingest, 'VisibilityTimeout')).toBeLessThan(
        secondsOf(stack.ingest, 'MessageRetentionPeriod'),
      );
    },
  },
  {
    sentence: 'no other queue of the account may end in ours',
    check: (stack) => {
      const policy = (queue: Synthesized['ingest']) =>
        JSON.parse(queue.attributes.RedriveAllowPolicy ?? '{}');
      expect(policy(stack.deadLetter)).toEqual({
        redrivePermission: 'byQueue',
        sourceQueueArns: [stack.ingest.arn],
      });
      expect(policy(stack.undelivered)).toEqual({ redrivePermission: 'denyAll' });
    },
  },
  {
    sentence: 'dead letters outlive the stack, and the queue with a chosen name does not',
    check: (stack) => {
      const resources = stack.template.toJSON().Resources;
      const fate = (queue: Synthesized['ingest']) => [
        resources[queue.logicalId].DeletionPolicy,
        resources[queue.logicalId].UpdateReplacePolicy,
      ];
      expect(fate(stack.deadLetter)).toEqual(['Retain', 'Retain']);
      expect(fate(stack.undelivered)).toEqual(['Retain', 'Retain']);
      expect(fate(stack.ingest)).toEqual(['Delete', 'Delete']);
    },
  },
];

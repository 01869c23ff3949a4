import { MAX_RECEIVE_COUNT } from '../../../lib/infrastructure/queues/timings.ts';
import type { QueueService } from '../../../lib/local/sqs/queue-service.ts';
import type { Settings } from '../schedule.ts';
import { ACCOUNT, REGION } from '../workload/population.ts';
import { DEAD_LETTERS, INGEST, UNDELIVERED } from '../world.ts';

const DAY_SECONDS = 86_400;

/** Sets the queues up as the stack does: its receipts, six times the function's timeout and the window; returns the ARN of the EventBridge rule that may send to them. */
export function addQueues(queues: QueueService, { functionTimeoutMs, windowMs }: Settings): string {
  const ruleArn = `arn:aws:events:${REGION}:${ACCOUNT}:rule/findings`;
  const policy = (queue: string): string =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          ...{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queues.queueArn(queue) },
          Principal: { Service: 'events.amazonaws.com' },
          Condition: { ArnEquals: { 'aws:SourceArn': ruleArn } },
        },
      ],
    });
  const letters = { MessageRetentionPeriod: String(14 * DAY_SECONDS) };
  queues.addQueue(DEAD_LETTERS, letters);
  queues.addQueue(UNDELIVERED, { ...letters, Policy: policy(UNDELIVERED) });
  queues.addQueue(INGEST, {
    MessageRetentionPeriod: String(4 * DAY_SECONDS),
    VisibilityTimeout: String((6 * functionTimeoutMs + windowMs) / 1000),
    Policy: policy(INGEST),
    RedrivePolicy: JSON.stringify({
      deadLetterTargetArn: queues.queueArn(DEAD_LETTERS),
      maxReceiveCount: MAX_RECEIVE_COUNT,
    }),
  });
  return ruleArn;
}

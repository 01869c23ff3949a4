import type { TriageConfiguration } from '../configuration/configuration.ts';

/**
 * Room for 901 calls at the default rate (docs/api-calls.md); what a batch has beyond that returns to the queue.
 * Lambda allows 900 s.
 */
export const FUNCTION_TIMEOUT_SECONDS = 300;

/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html: six times the function's timeout. */
const VISIBILITY_TIMEOUTS = 6;

/**
 * Deliveries before SQS gives a message up; the same page asks for at least 5. With the delays of returned messages
 * (lambdas/triage/acknowledge.ts) they last two and a half hours: an outage of two hours leaves no dead letters.
 */
export const MAX_RECEIVE_COUNT = 14;

/**
 * How long events wait while triage is paused. While Security Hub is down they are received and returned, which uses
 * their receipts up in about two and a half hours: SQS then moves them to the dead-letter queue, to be redriven.
 */
export const INGEST_RETENTION_DAYS = 4;

/**
 * A message keeps its first enqueue time when SQS moves it, so the dead-letter queues must keep longer than the
 * ingest queue: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
 */
export const DEAD_LETTER_RETENTION_DAYS = 14;

/** EventBridge's own maximum, the longest it tries to reach the queue: 24 h and 185 attempts. */
export const TARGET_RETRY = { hours: 24, attempts: 185 } as const;

/**
 * How long a received message stays hidden: long enough that a batch whose collection took the whole window and
 * whose invocation was throttled and repeated is not delivered twice.
 */
export function visibilityTimeoutSeconds(configuration: TriageConfiguration): number {
  return VISIBILITY_TIMEOUTS * FUNCTION_TIMEOUT_SECONDS + configuration.batchingWindowSeconds;
}

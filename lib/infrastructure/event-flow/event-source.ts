import { Duration } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { TriageConfiguration } from '../configuration/configuration.ts';
import type { TriageQueues } from '../queues/queues.ts';

/**
 * Feeds the ingest queue to the function in large batches, few at a time: the update quota is the account's, and
 * a batch fills calls of 100 findings only if it collects many. Messages that fail are told apart one by one.
 */
export function createEventSource(
  scope: Construct,
  configuration: TriageConfiguration,
  queues: TriageQueues,
  triage: lambda.Function,
): lambda.EventSourceMapping {
  return new lambda.EventSourceMapping(scope, 'EventSource', {
    target: triage,
    eventSourceArn: queues.ingest.queueArn,
    batchSize: configuration.batchSize,
    maxBatchingWindow: Duration.seconds(configuration.batchingWindowSeconds),
    maxConcurrency: configuration.maxConcurrency,
    reportBatchItemFailures: true,
  });
}

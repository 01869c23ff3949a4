import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as events from 'aws-cdk-lib/aws-events';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { TriageQueues } from '../queues/queues.ts';

/** What alarms and dashboard look at. */
export interface Watched {
  readonly queues: TriageQueues;
  readonly triage: lambda.Function;
  readonly logGroup: logs.ILogGroup;
  /** Brings the findings. */
  readonly rule: events.Rule;
}

/** Names of the metrics that lambdas/triage/measure.ts gives. */
export type ProductMetric =
  | 'FindingsReceived'
  | 'Matched'
  | 'Updated'
  | 'Unchanged'
  | 'Held'
  | 'HeldByInstance'
  | 'HeldByCritical'
  | 'NotWithdrawn'
  | 'Observed'
  | 'DeadLettered'
  | 'Returned'
  | 'Ignored'
  | 'ApiCalls'
  | 'Throttles'
  | 'AccessDenied'
  | 'NewlySuppressed'
  | 'SuppressionsHeldBack'
  | 'ExpiredMatching'
  | 'BatchFill'
  | 'UpdateLatency';

/** Given only where there is a decision bus. */
export type DecisionMetric = 'DecisionEventsFailed';

export type MetricOptions = Pick<cloudwatch.MetricOptions, 'period' | 'statistic' | 'label'>;

const { SUM, MAXIMUM } = cloudwatch.Stats;
const FIVE_MINUTES = Duration.minutes(5);

/** A metric of the function's own, told apart from other instances' by the function's name. */
export function productMetric(
  { triage }: Watched,
  metricName: ProductMetric | DecisionMetric,
  options: MetricOptions = {},
): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: 'securityhub-triage',
    metricName,
    dimensionsMap: { service: triage.functionName },
    period: FIVE_MINUTES,
    statistic: SUM,
    ...options,
  });
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html */
export function queueMetric(
  queue: sqs.Queue,
  metricName:
    | 'ApproximateNumberOfMessagesVisible'
    | 'ApproximateNumberOfMessagesNotVisible'
    | 'ApproximateAgeOfOldestMessage'
    | 'NumberOfMessagesSent'
    | 'NumberOfMessagesReceived'
    | 'NumberOfEmptyReceives',
  options: MetricOptions = {},
): cloudwatch.Metric {
  return queue.metric(metricName, { period: FIVE_MINUTES, statistic: MAXIMUM, ...options });
}

/**
 * How often anybody asked the ingest queue for messages. The event source asks all the time, also when there are
 * none, so that zero means that nothing fetches events: triage is paused, or its event source broken.
 */
export function queueReads({ queues }: Watched): cloudwatch.MathExpression {
  return new cloudwatch.MathExpression({
    expression: 'received + empty',
    usingMetrics: {
      received: queueMetric(queues.ingest, 'NumberOfMessagesReceived', { statistic: SUM }),
      empty: queueMetric(queues.ingest, 'NumberOfEmptyReceives', { statistic: SUM }),
    },
    label: 'messages received, and receives that found none',
    period: FIVE_MINUTES,
  });
}

/**
 * Of a rule of the default bus; never zero: without a value where nothing happened.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
 */
export function ruleMetric(
  rule: events.Rule,
  metricName: 'Invocations' | 'FailedInvocations' | 'InvocationsFailedToBeSentToDlq',
  options: MetricOptions = {},
): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: 'AWS/Events',
    metricName,
    dimensionsMap: { RuleName: rule.ruleName },
    period: FIVE_MINUTES,
    statistic: SUM,
    ...options,
  });
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html */
export function machineMetric(
  machine: sfn.StateMachine,
  metricName: 'ExecutionsFailed',
  options: MetricOptions = {},
): cloudwatch.Metric {
  return machine.metric(metricName, { period: FIVE_MINUTES, statistic: SUM, ...options });
}

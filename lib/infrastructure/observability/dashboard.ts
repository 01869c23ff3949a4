import { Duration, Names } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { TriageConfiguration } from '../configuration/configuration.ts';
import { tellsDecisions } from '../configuration/tells-decisions.ts';
import type { TriageAlarm } from './alarms.ts';
import { LOG_QUERIES, type LogQuery } from './log-queries.ts';
import { productMetric, queueMetric, ruleMetric, type Watched } from './metrics.ts';

const FULL_WIDTH = 24;
const HALF_WIDTH = 12;
const THIRD_WIDTH = 8;
const GRAPH_HEIGHT = 6;
/** https://docs.aws.amazon.com/general/latest/gr/sechub.html: BatchUpdateFindings calls, by account and Region. */
const QUOTA_CALLS_PER_SECOND = 10;
const PERIOD_SECONDS = 300;

/** The page an operator keeps open: is anything wrong, does work flow, what do rules do, what does it cost. */
export function createDashboard(
  scope: Construct,
  configuration: TriageConfiguration,
  watched: Watched,
  alarms: readonly TriageAlarm[],
): cloudwatch.Dashboard {
  return new cloudwatch.Dashboard(scope, 'Dashboard', {
    dashboardName: Names.uniqueResourceName(scope, { maxLength: 200, separator: '-' }),
    defaultInterval: Duration.days(1),
    widgets: [
      [
        new cloudwatch.AlarmStatusWidget({
          title: 'Alarms',
          alarms: alarms.map(({ alarm }) => alarm),
          width: FULL_WIDTH,
          height: 3,
        }),
      ],
      [outcomes(watched), queue(watched)],
      [calls(configuration, watched), suppressions(configuration, watched)],
      [deadLetters(configuration, watched), heldBack(watched), latency(watched)],
      [table(watched, LOG_QUERIES.rules, HALF_WIDTH), table(watched, LOG_QUERIES.held, HALF_WIDTH)],
      [table(watched, LOG_QUERIES.causes, HALF_WIDTH), cost(watched)],
    ],
  });
}

function outcomes(watched: Watched): cloudwatch.GraphWidget {
  const names = ['Updated', 'Unchanged', 'Held', 'Observed', 'Returned', 'DeadLettered', 'Ignored'] as const;
  return new cloudwatch.GraphWidget({
    title: 'How findings ended',
    left: names.map((name) => productMetric(watched, name)),
    right: [
      productMetric(watched, 'FindingsReceived', { label: 'findings received' }),
      productMetric(watched, 'Matched', { label: 'matched by a rule' }),
    ],
    stacked: true,
    ...half(),
  });
}

function queue({ queues: { ingest } }: Watched): cloudwatch.GraphWidget {
  return new cloudwatch.GraphWidget({
    title: 'Ingest queue',
    left: [
      queueMetric(ingest, 'ApproximateNumberOfMessagesVisible', { label: 'waiting' }),
      queueMetric(ingest, 'ApproximateNumberOfMessagesNotVisible', { label: 'being triaged, or returned' }),
    ],
    right: [queueMetric(ingest, 'ApproximateAgeOfOldestMessage', { label: 'oldest, in seconds' })],
    ...half(),
  });
}

function calls(
  { callsPerSecond, maxConcurrency }: TriageConfiguration,
  watched: Watched,
): cloudwatch.GraphWidget {
  return new cloudwatch.GraphWidget({
    title: 'BatchUpdateFindings calls in five minutes',
    left: [
      productMetric(watched, 'ApiCalls'),
      productMetric(watched, 'Throttles'),
      productMetric(watched, 'AccessDenied'),
    ],
    right: [productMetric(watched, 'BatchFill', { statistic: 'Average', label: 'findings a call' })],
    leftAnnotations: [
      { value: QUOTA_CALLS_PER_SECOND * PERIOD_SECONDS, label: 'quota of the account' },
      { value: callsPerSecond * maxConcurrency * PERIOD_SECONDS, label: 'our share' },
    ],
    ...half(),
  });
}

function suppressions(
  { suppressionsPerHour }: TriageConfiguration,
  watched: Watched,
): cloudwatch.GraphWidget {
  const period = Duration.hours(1);
  return new cloudwatch.GraphWidget({
    title: 'Findings newly suppressed in an hour',
    left: [
      productMetric(watched, 'NewlySuppressed', { period, label: 'newly suppressed' }),
      productMetric(watched, 'SuppressionsHeldBack', { period, label: 'held back by the breaker' }),
    ],
    leftAnnotations:
      suppressionsPerHour === 'none' ? [] : [{ value: suppressionsPerHour, label: 'budget of an hour' }],
    ...half(),
  });
}

function deadLetters(configuration: TriageConfiguration, watched: Watched): cloudwatch.GraphWidget {
  const { deadLetter, undelivered } = watched.queues;
  return new cloudwatch.GraphWidget({
    title: 'Waiting for an operator',
    left: [
      queueMetric(deadLetter, 'ApproximateNumberOfMessagesVisible', { label: 'dead letters' }),
      queueMetric(undelivered, 'ApproximateNumberOfMessagesVisible', { label: 'undelivered events' }),
      ruleMetric(watched.rule, 'InvocationsFailedToBeSentToDlq', { label: 'lost events' }),
      ...(tellsDecisions(configuration)
        ? [productMetric(watched, 'DecisionEventsFailed', { label: 'decisions not told on the bus' })]
        : []),
    ],
    ...third(),
  });
}

function heldBack(watched: Watched): cloudwatch.GraphWidget {
  return new cloudwatch.GraphWidget({
    title: 'Rules that met a guard',
    left: [
      productMetric(watched, 'HeldByCritical', { label: 'CRITICAL, not to be suppressed' }),
      productMetric(watched, 'HeldByInstance', { label: "another instance's finding" }),
      productMetric(watched, 'NotWithdrawn', { label: 'not withdrawn: the role may not' }),
      productMetric(watched, 'ExpiredMatching', { label: 'an expired rule would match' }),
    ],
    ...third(),
  });
}

function latency(watched: Watched): cloudwatch.GraphWidget {
  return new cloudwatch.GraphWidget({
    title: 'From event to update',
    left: ['p50', 'p95'].map((statistic) =>
      productMetric(watched, 'UpdateLatency', { statistic, label: statistic }),
    ),
    right: [
      watched.triage.metricErrors({ label: 'failed invocations' }),
      watched.triage.metricThrottles({ label: 'throttled invocations' }),
    ],
    ...third(),
  });
}

/** What AWS bills by: requests and time of the function, queue requests, log. A day at a time. */
function cost({ queues, triage, logGroup }: Watched): cloudwatch.SingleValueWidget {
  const period = Duration.days(1);
  const sum = { period, statistic: cloudwatch.Stats.SUM };
  return new cloudwatch.SingleValueWidget({
    title: 'What a day is billed by',
    metrics: [
      triage.metricInvocations({ ...sum, label: 'invocations' }),
      triage.metricDuration({ ...sum, label: 'milliseconds of the function' }),
      queueMetric(queues.ingest, 'NumberOfMessagesSent', { ...sum, label: 'events queued' }),
      queueMetric(queues.ingest, 'NumberOfEmptyReceives', { ...sum, label: 'empty receives' }),
      new cloudwatch.Metric({
        namespace: 'AWS/Logs',
        metricName: 'IncomingBytes',
        dimensionsMap: { LogGroupName: logGroup.logGroupName },
        ...sum,
        label: 'bytes logged',
      }),
    ],
    ...half(),
  });
}

function table({ logGroup }: Watched, { title, lines }: LogQuery, width: number): cloudwatch.LogQueryWidget {
  return new cloudwatch.LogQueryWidget({
    title,
    logGroupNames: [logGroup.logGroupName],
    queryLines: [...lines],
    view: cloudwatch.LogQueryVisualizationType.TABLE,
    width,
    height: GRAPH_HEIGHT,
  });
}

function half(): { readonly width: number; readonly height: number } {
  return { width: HALF_WIDTH, height: GRAPH_HEIGHT };
}

function third(): { readonly width: number; readonly height: number } {
  return { width: THIRD_WIDTH, height: GRAPH_HEIGHT };
}

import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { TriageConfiguration } from './configuration.ts';
import type { TriageQueues } from './queues.ts';

/** One alarm: its title is also the title of its section in the operations chapter. */
interface AlarmDefinition {
  readonly id: string;
  readonly title: string;
  /** Completes "This alarm goes off when …". */
  readonly when: string;
  readonly metric: cloudwatch.IMetric;
  /** The alarm goes off above this value. */
  readonly above: number;
  /** Five-minute periods in a row, so that a passing fault that retries mend wakes nobody. */
  readonly periods: number;
}

const PERIOD = Duration.minutes(5);

/** Watches for everything that leaves a finding untriaged; each alarm says where its remedy is written. */
export function createAlarms(
  scope: Construct,
  configuration: TriageConfiguration,
  watched: { readonly queues: TriageQueues; readonly triage: lambda.Function },
): readonly cloudwatch.Alarm[] {
  const { alarmTopicArn } = configuration;
  const topic =
    alarmTopicArn === undefined ? undefined : sns.Topic.fromTopicArn(scope, 'AlarmTopic', alarmTopicArn);
  return definitions(configuration, watched).map((definition) => {
    const alarm = new cloudwatch.Alarm(scope, definition.id, {
      alarmDescription: `This alarm goes off when ${definition.when}. What to do: "${definition.title}" in README.md, Operations.`,
      metric: definition.metric,
      threshold: definition.above,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: definition.periods,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    if (topic) alarm.addAlarmAction(new SnsAction(topic));
    return alarm;
  });
}

function definitions(
  configuration: TriageConfiguration,
  { queues, triage }: { readonly queues: TriageQueues; readonly triage: lambda.Function },
): readonly AlarmDefinition[] {
  const maximum = { period: PERIOD, statistic: cloudwatch.Stats.MAXIMUM };
  const sum = { period: PERIOD, statistic: cloudwatch.Stats.SUM };
  return [
    {
      // The count of messages sent leaves out those SQS moved by itself, so what lies in the queue is watched.
      id: 'DeadLettersAlarm',
      title: 'Dead letters',
      when: 'findings could not be updated and lie in the dead-letter queue, which forgets them after 14 days',
      metric: queues.deadLetter.metricApproximateNumberOfMessagesVisible(maximum),
      above: 0,
      periods: 1,
    },
    {
      id: 'UndeliveredEventsAlarm',
      title: 'Undelivered events',
      when: 'EventBridge could not put events into the ingest queue',
      metric: queues.undelivered.metricApproximateNumberOfMessagesVisible(maximum),
      above: 0,
      periods: 1,
    },
    {
      id: 'OldEventsAlarm',
      title: 'Old events',
      when: `an event has waited longer than ${configuration.oldestEventAlarmSeconds} seconds`,
      metric: queues.ingest.metricApproximateAgeOfOldestMessage(maximum),
      above: configuration.oldestEventAlarmSeconds,
      periods: 1,
    },
    {
      id: 'FunctionErrorsAlarm',
      title: 'Function errors',
      when: 'batches fail as a whole: Security Hub is unavailable or throttles, or the function cannot start',
      metric: triage.metricErrors(sum),
      above: 0,
      periods: 3,
    },
    {
      id: 'FunctionThrottlesAlarm',
      title: 'Function throttles',
      when: 'Lambda refuses to run the function for lack of concurrency',
      metric: triage.metricThrottles(sum),
      above: 0,
      periods: 3,
    },
    {
      id: 'AccessDeniedAlarm',
      title: 'Access denied',
      when: 'Security Hub refuses the function, by its policy or because Security Hub is not enabled',
      metric: new cloudwatch.Metric({
        ...sum,
        namespace: 'securityhub-triage',
        metricName: 'AccessDenied',
        dimensionsMap: { service: triage.functionName },
      }),
      above: 0,
      periods: 1,
    },
  ];
}

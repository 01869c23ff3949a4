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
  /** How many five-minute periods of how many must be bad, so that a fault that a retry mends wakes nobody. */
  readonly bad: { readonly periods: number; readonly of: number };
}

const PERIOD = Duration.minutes(5);
const AT_ONCE = { periods: 1, of: 1 } as const;
/**
 * Twice in 75 minutes. On a quiet account a batch that failed comes again only after its visibility timeout, half an
 * hour or so, and periods without an invocation lie in between.
 */
const REPEATED = { periods: 2, of: 15 } as const;

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
      evaluationPeriods: definition.bad.of,
      datapointsToAlarm: definition.bad.periods,
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
  const productMetric = (metricName: string) =>
    new cloudwatch.Metric({
      ...sum,
      namespace: 'securityhub-triage',
      metricName,
      dimensionsMap: { service: triage.functionName },
    });
  return [
    {
      // The count of messages sent leaves out those SQS moved by itself, so what lies in the queue is watched.
      id: 'DeadLettersAlarm',
      title: 'Dead letters',
      when: 'findings could not be updated and lie in the dead-letter queue, which forgets them after 14 days',
      metric: queues.deadLetter.metricApproximateNumberOfMessagesVisible(maximum),
      above: 0,
      bad: AT_ONCE,
    },
    {
      id: 'UndeliveredEventsAlarm',
      title: 'Undelivered events',
      when: 'EventBridge could not put events into the ingest queue',
      metric: queues.undelivered.metricApproximateNumberOfMessagesVisible(maximum),
      above: 0,
      bad: AT_ONCE,
    },
    {
      id: 'OldEventsAlarm',
      title: 'Old events',
      when: `an event has waited longer than ${configuration.oldestEventAlarmSeconds} seconds`,
      metric: queues.ingest.metricApproximateAgeOfOldestMessage(maximum),
      above: configuration.oldestEventAlarmSeconds,
      bad: AT_ONCE,
    },
    {
      id: 'FunctionErrorsAlarm',
      title: 'Function errors',
      when: 'batches fail as a whole: Security Hub is unavailable or throttles, or the function cannot start',
      metric: triage.metricErrors(sum),
      above: 0,
      bad: REPEATED,
    },
    {
      id: 'FunctionThrottlesAlarm',
      title: 'Function throttles',
      when: 'Lambda refuses to run the function for lack of concurrency',
      metric: triage.metricThrottles(sum),
      above: 0,
      bad: REPEATED,
    },
    {
      id: 'ForeignInstanceAlarm',
      title: 'Foreign instance',
      when: 'findings carry the mark of another instance of the product and are therefore left alone',
      metric: productMetric('HeldByInstance'),
      above: 0,
      bad: AT_ONCE,
    },
    {
      id: 'AccessDeniedAlarm',
      title: 'Access denied',
      when: 'Security Hub refuses the function, by its policy or because Security Hub is not enabled',
      metric: productMetric('AccessDenied'),
      above: 0,
      bad: AT_ONCE,
    },
  ];
}

import { beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_CONFIGURATION } from '../../../lib/infrastructure/configuration/configuration.ts';
import { visibilityTimeoutSeconds } from '../../../lib/infrastructure/queues/timings.ts';
import { writeRules } from '../fixture-rules.ts';
import { RUNBOOK_URL } from '../runbook-url.ts';
import { type Synthesized, synthesize } from '../synthesized.ts';

let stack: Synthesized;

beforeAll(() => {
  stack = synthesize({ rulesDir: writeRules() });
});

describe('the alarms', () => {
  it.each([
    ['ApproximateNumberOfMessagesVisible', 'AWS/SQS', 2],
    ['ApproximateAgeOfOldestMessage', 'AWS/SQS', 1],
    ['FailedInvocations', 'AWS/Events', 3],
    ['InvocationsFailedToBeSentToDlq', 'AWS/Events', 1],
    ['Invocations', 'AWS/Events', 1],
    ['ExecutionsFailed', 'AWS/States', 2],
    ['Errors', 'AWS/Lambda', 1],
    ['Throttles', 'AWS/Lambda', 1],
    ['AccessDenied', 'securityhub-triage', 1],
    ['HeldByInstance', 'securityhub-triage', 1],
    ['ExpiredMatching', 'securityhub-triage', 1],
    ['SuppressionsHeldBack', 'securityhub-triage', 1],
    ['NewlySuppressed', 'securityhub-triage', 1],
  ])('watch %s', (metric, namespace, count) => {
    const watching = alarms().filter(
      ({ Properties }) => Properties.MetricName === metric && Properties.Namespace === namespace,
    );

    expect(watching).toHaveLength(count);
  });

  it('watch whether anybody asks the ingest queue at all, which a disabled event source does not', () => {
    const [paused] = alarms().filter(({ Properties }) => Properties.AlarmName.endsWith(' Paused'));
    const [sum, ...parts] = paused?.Properties.Metrics ?? [];

    expect(sum).toMatchObject({ Expression: 'received + empty', ReturnData: true });
    expect(parts.map(({ MetricStat }: PausedPart) => MetricStat.Metric.MetricName)).toEqual([
      'NumberOfMessagesReceived',
      'NumberOfEmptyReceives',
    ]);
    expect(paused?.Properties).toMatchObject({ Threshold: 1, ComparisonOperator: 'LessThanThreshold' });
  });

  it('watch both dead-letter queues and not one of them twice', () => {
    const watched = alarms()
      .filter(({ Properties }) => Properties.MetricName === 'ApproximateNumberOfMessagesVisible')
      .map(({ Properties }) => JSON.stringify(Properties.Dimensions));

    expect(new Set(watched).size).toBe(2);
    expect(watched.join()).toContain(stack.deadLetter.logicalId);
    expect(watched.join()).toContain(stack.undelivered.logicalId);
  });

  it("watch the metrics of this stack's function alone, as it names itself in them", () => {
    const denied = alarms().find(({ Properties }) => Properties.MetricName === 'AccessDenied');
    const [fn] = Object.keys(stack.template.findResources('AWS::Lambda::Function'));

    expect(denied?.Properties.Dimensions).toEqual([{ Name: 'service', Value: { Ref: fn } }]);
  });

  it('say when they go off, how bad that is, and where the remedy is written', () => {
    for (const { Properties } of alarms()) {
      const [, title = ''] = Properties.AlarmName.match(/^SecurityHubTriage-\S+ ([A-Z][a-z ]+)$/) ?? [];
      const anchor = title.toLowerCase().replaceAll(' ', '-');
      expect(Properties.AlarmDescription).toMatch(
        /^This alarm goes off when [^.]+\. Severity: (?:high|low)\. Runbook: /,
      );
      expect(Properties.AlarmDescription.split('Runbook: ')[1]).toBe(`${RUNBOOK_URL}#${anchor}`);
      // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
      expect(Properties.AlarmDescription.length).toBeLessThanOrEqual(1024);
    }
  });

  it('stay quiet while there is nothing to measure, but for those that watch just that', () => {
    const loud = alarms().filter(({ Properties }) => Properties.TreatMissingData !== 'notBreaching');

    expect(loud.map(({ Properties }) => Properties.AlarmName.split(' ').at(-1)).sort()).toEqual([
      'Paused',
      'Silence',
    ]);
    for (const { Properties } of loud) expect(Properties.TreatMissingData).toBe('breaching');
  });

  it('tell of silence after as many hours as the owner says, or never', () => {
    const silenceOf = (silenceAlarmHours: number | 'none') =>
      Object.values(
        synthesize({ rulesDir: writeRules(), silenceAlarmHours }).template.findResources(
          'AWS::CloudWatch::Alarm',
        ),
      ).filter(({ Properties }) => Properties.AlarmName.endsWith(' Silence'));

    expect(silenceOf('none')).toEqual([]);
    const [week] = silenceOf(168);
    expect(week?.Properties).toMatchObject({ Period: 3600, EvaluationPeriods: 168, DatapointsToAlarm: 168 });
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html: seven days at most.
    expect(week?.Properties.Period * week?.Properties.EvaluationPeriods).toBeLessThanOrEqual(7 * 86_400);
  });

  it('notify the topic where there is one', () => {
    const alarmTopicArn = 'arn:aws:sns:eu-west-1:111122223333:pager';
    const own = synthesize({ rulesDir: writeRules(), alarmTopicArn });

    const actions = Object.values(own.template.findResources('AWS::CloudWatch::Alarm')).map(
      ({ Properties }) => Properties.AlarmActions,
    );

    expect(actions).toEqual(actions.map(() => [alarmTopicArn]));
  });

  it('go off on a quiet account, whose failed batches come again only after their visibility timeout', () => {
    const errors = alarms().find(({ Properties }) => Properties.MetricName === 'Errors')?.Properties;
    const visibilitySeconds = visibilityTimeoutSeconds(DEFAULT_CONFIGURATION);

    expect(errors?.DatapointsToAlarm).toBe(2);
    // Two failures one visibility timeout apart lie within the window, wherever the periods begin.
    expect((errors?.EvaluationPeriods ?? 0) * errors?.Period).toBeGreaterThanOrEqual(2 * visibilitySeconds);
  });

  it('go off on old events long before the queue forgets them', () => {
    const age = alarms().find(({ Properties }) => Properties.MetricName === 'ApproximateAgeOfOldestMessage');

    expect(age?.Properties.Threshold * 24).toBeLessThanOrEqual(
      Number(stack.ingest.attributes.MessageRetentionPeriod),
    );
  });
});

interface PausedPart {
  readonly MetricStat: { readonly Metric: { readonly MetricName: string } };
}

function alarms() {
  return Object.values(stack.template.findResources('AWS::CloudWatch::Alarm'));
}

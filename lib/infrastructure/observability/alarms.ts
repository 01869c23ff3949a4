import { Names } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { TriageConfiguration } from '../configuration/configuration.ts';
import type { AlarmDefinition } from './alarm-definitions.ts';

export interface TriageAlarm {
  readonly definition: AlarmDefinition;
  readonly alarm: cloudwatch.Alarm;
}

/**
 * Watches for everything that leaves a finding untriaged or hides too many; each alarm is named as its section of
 * the runbook and says where that is.
 */
export function createAlarms(
  scope: Construct,
  { alarmTopicArn }: TriageConfiguration,
  runbook: (title: string) => string,
  definitions: readonly AlarmDefinition[],
): readonly TriageAlarm[] {
  const prefix = Names.uniqueResourceName(scope, { maxLength: 100, separator: '-' });
  return definitions.map((definition) => {
    const { id, title, severity, when, isBad, isBadUnheard, threshold, bad, metric } = definition;
    const alarm = new cloudwatch.Alarm(scope, id, {
      alarmName: `${prefix} ${title}`,
      alarmDescription: `This alarm goes off when ${when}. Severity: ${severity}. Runbook: ${runbook(title)}`,
      metric,
      threshold,
      comparisonOperator:
        isBad === 'below'
          ? cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD
          : cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: bad.of,
      datapointsToAlarm: bad.periods,
      treatMissingData: isBadUnheard
        ? cloudwatch.TreatMissingData.BREACHING
        : cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    if (alarmTopicArn !== undefined)
      alarm.addAlarmAction({ bind: () => ({ alarmActionArn: alarmTopicArn }) });
    return { definition, alarm };
  });
}

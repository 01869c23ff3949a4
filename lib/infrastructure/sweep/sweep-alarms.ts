import { type AlarmDefinition, AT_ONCE } from '../observability/alarm-definitions.ts';
import { machineMetric, ruleMetric } from '../observability/metrics.ts';
import type { Sweep } from './sweep.ts';

/** A sweep that fails, or never starts, leaves what lapsed rules wrote where it is. */
export function sweepAlarms({ machine, schedule }: Sweep): readonly AlarmDefinition[] {
  const notStarted: readonly AlarmDefinition[] =
    schedule === null
      ? []
      : [
          {
            id: 'SweepNotStartedAlarm',
            title: 'Sweep not started',
            severity: 'low',
            when: 'a sweep of existing findings was due, but EventBridge could not start its state machine',
            metric: ruleMetric(schedule, 'FailedInvocations'),
            threshold: 0,
            bad: AT_ONCE,
          },
        ];
  return [
    ...notStarted,
    {
      id: 'SweepFailedAlarm',
      title: 'Sweep failed',
      severity: 'low',
      when: 'a sweep of existing findings gave up after a day of trying',
      metric: machineMetric(machine, 'ExecutionsFailed'),
      threshold: 0,
      bad: AT_ONCE,
    },
  ];
}

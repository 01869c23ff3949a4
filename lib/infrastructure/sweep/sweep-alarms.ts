import { type AlarmDefinition, AT_ONCE } from '../observability/alarm-definitions.ts';
import { machineMetric } from '../observability/metrics.ts';
import type { Sweep } from './sweep.ts';

/** A sweep that fails leaves what lapsed rules wrote where it is. */
export function sweepAlarms({ machine }: Sweep): readonly AlarmDefinition[] {
  return [
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

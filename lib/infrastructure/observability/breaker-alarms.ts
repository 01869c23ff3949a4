import { Duration } from 'aws-cdk-lib';
import type * as events from 'aws-cdk-lib/aws-events';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { TriageConfiguration } from '../configuration/configuration.ts';
import { type AlarmDefinition, AT_ONCE } from './alarm-definitions.ts';
import { machineMetric, productMetric, ruleMetric, type Watched } from './metrics.ts';

/** What trips and is tripped. */
export interface Breaker {
  readonly trips: events.Rule;
  readonly machine: sfn.StateMachine;
}

/** A breaker that does not work leaves nothing but the alarms that should have tripped it. */
export function brokenBreakerAlarms(breaker: Breaker | null): readonly AlarmDefinition[] {
  if (breaker === null) return [];
  const { trips, machine } = breaker;
  return [
    {
      id: 'BreakerNotStartedAlarm',
      title: 'Breaker not started',
      severity: 'high',
      when: 'the breaker has tripped, but EventBridge could not start its state machine: triage goes on',
      metric: ruleMetric(trips, 'FailedInvocations'),
      threshold: 0,
      bad: AT_ONCE,
    },
    {
      id: 'BreakerFailedAlarm',
      title: 'Breaker failed',
      severity: 'high',
      when: 'the breaker has tripped, but its state machine could not disable the event source: triage goes on',
      metric: machineMetric(machine, 'ExecutionsFailed'),
      threshold: 0,
      bad: AT_ONCE,
    },
  ];
}

/**
 * Two, for the function and CloudWatch each see what the other cannot: an environment its own hour at once, the
 * alarm the hour of all of them, those that are gone included, some minutes later. The first looks at one minute, so
 * that it is calm again before an operator can release the breaker, and trips again where nothing has changed.
 */
export function breakerAlarms(
  { suppressionsPerHour }: TriageConfiguration,
  watched: Watched,
): readonly AlarmDefinition[] {
  if (suppressionsPerHour === 'none') return [];
  return [
    {
      id: 'BreakerAlarm',
      title: 'Breaker',
      severity: 'high',
      when: `rules suppress more than their share of ${suppressionsPerHour} findings an hour: further ones are held back, and triage is paused`,
      metric: productMetric(watched, 'SuppressionsHeldBack', { period: Duration.minutes(1) }),
      threshold: 0,
      bad: AT_ONCE,
      pauses: true,
    },
    {
      id: 'SuppressionBudgetAlarm',
      title: 'Suppression budget',
      severity: 'high',
      when: `more than ${suppressionsPerHour} findings were newly suppressed within an hour: triage is paused`,
      metric: productMetric(watched, 'NewlySuppressed', { period: Duration.hours(1) }),
      threshold: suppressionsPerHour,
      bad: AT_ONCE,
      pauses: true,
    },
  ];
}

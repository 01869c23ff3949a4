import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { TriageConfiguration } from '../configuration/configuration.ts';
import { tellsDecisions } from '../configuration/tells-decisions.ts';
import { productMetric, queueMetric, queueReads, ruleMetric, type Watched } from './metrics.ts';

/** One alarm: its title is also the title of its section in the operations chapter. */
export interface AlarmDefinition {
  readonly id: string;
  readonly title: string;
  /** `high`: findings stay untriaged or become hidden, look at once. `low`: the next working day will do. */
  readonly severity: 'high' | 'low';
  /** Completes "This alarm goes off when …". */
  readonly when: string;
  readonly metric: cloudwatch.IMetric;
  /** The alarm goes off above this value, or below where `isBad` says so. */
  readonly threshold: number;
  readonly isBad?: 'below';
  /** A period without any data is bad: what is watched reports all the time, so that silence is the fault itself. */
  readonly isBadUnheard?: true;
  /** How many of the metric's periods of how many must be bad, so that a fault that a retry mends wakes nobody. */
  readonly bad: { readonly periods: number; readonly of: number };
  /** Going off disables the event source. */
  readonly pauses?: true;
}

export const AT_ONCE = { periods: 1, of: 1 } as const;
/**
 * Twice in 75 minutes. On a quiet account a batch that failed comes again only after its visibility timeout, half an
 * hour or so, and periods without an invocation lie in between.
 */
const REPEATED = { periods: 2, of: 15 } as const;
/** A quarter of an hour in a row: a pause that somebody means to end soon wakes nobody. */
const LASTING = { periods: 3, of: 3 } as const;

/** Every alarm of the stack but those of the breaker. */
export function alarmDefinitions(
  configuration: TriageConfiguration,
  watched: Watched,
): readonly AlarmDefinition[] {
  const { oldestEventAlarmSeconds } = configuration;
  const { queues, triage, rule } = watched;
  const sum = { period: Duration.minutes(5), statistic: cloudwatch.Stats.SUM };
  return [
    {
      // The count of messages sent leaves out those SQS moved by itself, so what lies in the queue is watched.
      id: 'DeadLettersAlarm',
      title: 'Dead letters',
      severity: 'high',
      when: 'findings could not be updated and lie in the dead-letter queue, which forgets them after 14 days',
      metric: queueMetric(queues.deadLetter, 'ApproximateNumberOfMessagesVisible'),
      threshold: 0,
      bad: AT_ONCE,
    },
    {
      id: 'UndeliveredEventsAlarm',
      title: 'Undelivered events',
      severity: 'high',
      when: 'EventBridge could not put events into the ingest queue',
      metric: queueMetric(queues.undelivered, 'ApproximateNumberOfMessagesVisible'),
      threshold: 0,
      bad: AT_ONCE,
    },
    {
      id: 'FailedDeliveriesAlarm',
      title: 'Failed deliveries',
      severity: 'high',
      when: 'EventBridge gave up on delivering events to the ingest queue',
      metric: ruleMetric(rule, 'FailedInvocations'),
      threshold: 0,
      bad: AT_ONCE,
    },
    {
      id: 'LostEventsAlarm',
      title: 'Lost events',
      severity: 'high',
      when: 'EventBridge could put events neither into the ingest queue nor into the queue of undelivered events: they are gone',
      metric: ruleMetric(rule, 'InvocationsFailedToBeSentToDlq'),
      threshold: 0,
      bad: AT_ONCE,
    },
    {
      id: 'OldEventsAlarm',
      title: 'Old events',
      severity: 'high',
      when: `an event has waited longer than ${oldestEventAlarmSeconds} seconds`,
      metric: queueMetric(queues.ingest, 'ApproximateAgeOfOldestMessage'),
      threshold: oldestEventAlarmSeconds,
      bad: AT_ONCE,
    },
    {
      id: 'PausedAlarm',
      title: 'Paused',
      severity: 'high',
      when: 'nothing has asked the ingest queue for events for 15 minutes: triage is paused, or its event source is broken',
      metric: queueReads(watched),
      threshold: 1,
      isBad: 'below',
      // SQS falls silent on a queue that nobody has used for six hours.
      isBadUnheard: true,
      bad: LASTING,
    },
    {
      id: 'FunctionErrorsAlarm',
      title: 'Function errors',
      severity: 'high',
      when: 'batches fail as a whole: Security Hub is unavailable or throttles, or the function cannot start',
      metric: triage.metricErrors(sum),
      threshold: 0,
      bad: REPEATED,
    },
    {
      id: 'FunctionThrottlesAlarm',
      title: 'Function throttles',
      severity: 'low',
      when: 'Lambda refuses to run the function for lack of concurrency',
      metric: triage.metricThrottles(sum),
      threshold: 0,
      bad: REPEATED,
    },
    {
      id: 'AccessDeniedAlarm',
      title: 'Access denied',
      severity: 'high',
      when: 'Security Hub refuses the function, by its policy or because Security Hub is not enabled',
      metric: productMetric(watched, 'AccessDenied'),
      threshold: 0,
      bad: AT_ONCE,
    },
    {
      id: 'ForeignInstanceAlarm',
      title: 'Foreign instance',
      severity: 'low',
      when: 'findings carry the mark of another instance of the product and are therefore left alone',
      metric: productMetric(watched, 'HeldByInstance'),
      threshold: 0,
      bad: AT_ONCE,
    },
    {
      id: 'ExpiredRulesAlarm',
      title: 'Expired rules',
      severity: 'low',
      when: 'rules would still match findings, but have expired',
      metric: productMetric(watched, 'ExpiredMatching', { period: Duration.hours(1) }),
      threshold: 0,
      bad: AT_ONCE,
    },
    ...silenceAlarm(configuration, watched),
    ...decisionEventsAlarm(configuration, watched),
  ];
}

/**
 * No metric tells a disabled rule from a quiet account: EventBridge reports only what happens. So silence itself is
 * watched, as long as the owner says that something should have come. Of the rule, not of the queue: a sweep and a
 * redrive send into the queue as well, and would hide each day that the rule takes nothing.
 */
function silenceAlarm(
  { silenceAlarmHours }: TriageConfiguration,
  { rule }: Watched,
): readonly AlarmDefinition[] {
  if (silenceAlarmHours === 'none') return [];
  return [
    {
      id: 'SilenceAlarm',
      title: 'Silence',
      severity: 'low',
      when: `the event rule has taken no event for ${silenceAlarmHours} hours: it is disabled or gone, or nothing has happened that a rule could act on`,
      metric: ruleMetric(rule, 'Invocations', { period: Duration.hours(1) }),
      threshold: 1,
      isBad: 'below',
      isBadUnheard: true,
      bad: { periods: silenceAlarmHours, of: silenceAlarmHours },
    },
  ];
}

/** Findings are triaged all the same, but tickets and messages that hang on the bus are missing. */
function decisionEventsAlarm(
  configuration: TriageConfiguration,
  watched: Watched,
): readonly AlarmDefinition[] {
  if (!tellsDecisions(configuration)) return [];
  return [
    {
      id: 'DecisionEventsAlarm',
      title: 'Decision events',
      severity: 'low',
      when: 'the decision bus has not confirmed events of findings that were updated',
      metric: productMetric(watched, 'DecisionEventsFailed'),
      threshold: 0,
      bad: AT_ONCE,
    },
  ];
}

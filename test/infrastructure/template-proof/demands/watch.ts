import { expect } from 'vitest';
import { readEnvironment } from '../../../../lambdas/triage/environment.ts';
import { compilePattern } from '../../../../lib/event-bridge/compile-pattern.ts';
import { ACCOUNT, breakerMachine, only, type Synthesized, triageFunction } from '../../synthesized.ts';
import { ALARM_TOPIC, byPolicies, findingRule } from '../access.ts';
import type { Demand } from '../demand.ts';

/** What an alarm looks at, and how; dimensions by what stands in them. */
interface Watching {
  readonly namespace: string;
  readonly metrics: readonly string[];
  readonly statistic: 'Sum' | 'Maximum';
  readonly minutes: number;
  readonly of: (stack: Synthesized) => Readonly<Record<string, string>>;
  /** Above (or below) the threshold. */
  readonly isBadAt: number;
}

const ofQueue = (name: 'ingest' | 'deadLetter' | 'undelivered') => (stack: Synthesized) => ({
  QueueName: stack[name].name,
});
const ofFunction = ({ resources }: Synthesized) => ({ FunctionName: triageFunction(resources).name });
const ofService = ({ resources }: Synthesized) => ({ service: triageFunction(resources).name });
const SQS = { namespace: 'AWS/SQS', statistic: 'Maximum', minutes: 5, isBadAt: 1 } as const;
const LAMBDA = { namespace: 'AWS/Lambda', statistic: 'Sum', minutes: 5, of: ofFunction, isBadAt: 1 } as const;
const EVENTS = { namespace: 'AWS/Events', statistic: 'Sum', minutes: 5, isBadAt: 1 } as const;
const OWN = {
  namespace: 'securityhub-triage',
  statistic: 'Sum',
  minutes: 5,
  of: ofService,
  isBadAt: 1,
} as const;
const VISIBLE = { ...SQS, metrics: ['ApproximateNumberOfMessagesVisible'] } as const;

/** By the end of the alarm's name. */
const ALARMS: Readonly<Record<string, Watching>> = {
  'Dead letters': { ...VISIBLE, of: ofQueue('deadLetter') },
  'Undelivered events': { ...VISIBLE, of: ofQueue('undelivered') },
  'Failed deliveries': {
    ...EVENTS,
    metrics: ['FailedInvocations'],
    of: (stack) => ({ RuleName: findingRule(stack).name }),
  },
  'Lost events': {
    ...EVENTS,
    metrics: ['InvocationsFailedToBeSentToDlq'],
    of: (stack) => ({ RuleName: findingRule(stack).name }),
  },
  Silence: {
    ...{ ...EVENTS, metrics: ['Invocations'], minutes: 60, isBadAt: 0 },
    of: (stack) => ({ RuleName: findingRule(stack).name }),
  },
  'Breaker failed': {
    ...{ namespace: 'AWS/States', metrics: ['ExecutionsFailed'], statistic: 'Sum', minutes: 5, isBadAt: 1 },
    of: ({ resources }) => ({ StateMachineArn: breakerMachine(resources).arn }),
  },
  'Sweep failed': {
    ...{ namespace: 'AWS/States', metrics: ['ExecutionsFailed'], statistic: 'Sum', minutes: 5, isBadAt: 1 },
    of: ({ resources }) => ({
      StateMachineArn: only(resources.stateMachines.filter(({ logicalId }) => /Sweep/.test(logicalId))).arn,
    }),
  },
  'Breaker not started': {
    ...{ ...EVENTS, metrics: ['FailedInvocations'] },
    of: (stack) => ({ RuleName: tripsRule(stack).name }),
  },
  'Sweep not started': {
    ...{ ...EVENTS, metrics: ['FailedInvocations'] },
    of: ({ resources }) => ({ RuleName: only(resources.schedules).name }),
  },
  'Old events': {
    ...{ ...SQS, metrics: ['ApproximateAgeOfOldestMessage'], of: ofQueue('ingest'), isBadAt: 3_601 },
  },
  Paused: {
    ...{ ...SQS, metrics: ['NumberOfMessagesReceived', 'NumberOfEmptyReceives'], of: ofQueue('ingest') },
    ...{ statistic: 'Sum', isBadAt: 0 },
  },
  'Function errors': { ...LAMBDA, metrics: ['Errors'] },
  'Function throttles': { ...LAMBDA, metrics: ['Throttles'] },
  'Access denied': { ...OWN, metrics: ['AccessDenied'] },
  'Foreign instance': { ...OWN, metrics: ['HeldByInstance'] },
  'Expired rules': { ...OWN, metrics: ['ExpiredMatching'], minutes: 60 },
  Breaker: { ...OWN, metrics: ['SuppressionsHeldBack'], minutes: 1 },
  'Suppression budget': { ...OWN, metrics: ['NewlySuppressed'], minutes: 60, isBadAt: 1_000_000 },
};
/** An alarm goes off when so many of so many periods are bad; of all others, when one is. */
const PATIENT: Readonly<Record<string, readonly [bad: number, of: number]>> = {
  Paused: [3, 3],
  Silence: [24, 24],
  'Function errors': [2, 15],
  'Function throttles': [2, 15],
};

const alarmOf = ({ resources }: Synthesized, title: string) =>
  only(resources.alarms.filter(({ name }) => name.endsWith(` ${title}`)));
const metricsOf = (stack: Synthesized, title: string) =>
  alarmOf(stack, title).metrics.flatMap((metric) => (metric.kind === 'statistic' ? [metric] : []));
const propertiesOf = (stack: Synthesized, title: string) =>
  stack.template.toJSON().Resources[alarmOf(stack, title).logicalId].Properties;
const tripsRule = ({ resources }: Synthesized) =>
  only(resources.eventRules.filter(({ logicalId }) => /BreakerTrips/.test(logicalId)));
const roleAt = ({ resources }: Synthesized, roleArn: string | undefined) =>
  only(resources.roles.filter(({ arn }) => arn === roleArn));

/** Whatever leaves findings untriaged, or hides too many, is noticed; the latter is stopped. */
export const WATCH_DEMANDS: readonly Demand[] = [
  {
    sentence: 'every alarm watches what it is named for, of this very part of the stack, and nothing else',
    check: (stack) => {
      expect(stack.resources.alarms).toHaveLength(Object.keys(ALARMS).length);
      for (const [title, { namespace, metrics, statistic, minutes, of }] of Object.entries(ALARMS))
        expect(
          metricsOf(stack, title).map(({ id: _, returned: __, ...watched }) => watched),
          title,
        ).toEqual(
          metrics.map((name) => ({
            ...{ kind: 'statistic', namespace, name, statistic },
            ...{ periodMinutes: minutes, dimensions: of(stack) },
          })),
        );
    },
  },
  {
    sentence: 'every alarm can go off, in its time, and tells somebody where there is somebody to tell',
    check: (stack) => {
      for (const [title, { isBadAt }] of Object.entries(ALARMS)) {
        const { comparison, threshold, evaluationPeriods, datapointsToAlarm, missing } = alarmOf(
          stack,
          title,
        );
        const isBad = comparison.startsWith('Less') ? isBadAt < threshold : isBadAt > threshold;
        expect(isBad, title).toBe(true);
        expect([datapointsToAlarm, evaluationPeriods], title).toEqual(PATIENT[title] ?? [1, 1]);
        expect(missing, title).toBe(/Paused|Silence/.test(title) ? 'breaching' : 'notBreaching');
        expect(propertiesOf(stack, title).ActionsEnabled ?? true, title).toBe(true);
        expect(propertiesOf(stack, title).AlarmActions, title).toEqual([ALARM_TOPIC]);
      }
    },
  },
  {
    sentence: 'every alarm says where its remedy is written',
    check: ({ resources }) => {
      for (const { description } of resources.alarms)
        expect(description).toMatch(/Runbook: https:\S+#[a-z-]+$/);
    },
  },
  {
    sentence: 'both alarms of the breaker start its machine when they go off, and only then',
    check: (stack) => {
      const rule = tripsRule(stack);
      const pattern = compilePattern(rule.pattern);
      const trips = (title: string, value: string) =>
        pattern.ok &&
        pattern.matches({
          source: 'aws.cloudwatch',
          'detail-type': 'CloudWatch Alarm State Change',
          resources: [alarmOf(stack, title).arn],
          detail: { alarmName: alarmOf(stack, title).name, state: { value } },
        });
      expect(rule.enabled).toBe(true);
      expect(only(rule.targets).arn).toBe(breakerMachine(stack.resources).arn);
      for (const title of ['Breaker', 'Suppression budget']) {
        expect(trips(title, 'ALARM')).toBe(true);
        expect(trips(title, 'OK')).toBe(false);
      }
      expect(trips('Old events', 'ALARM')).toBe(false);
    },
  },
  {
    sentence: 'the machine disables the event source, again where that is refused for a while',
    check: (stack) => {
      const { uuid } = only(stack.resources.eventSourceMappings);
      const task = only(breakerMachine(stack.resources).tasks);
      expect(task).toMatchObject({ parameters: { Uuid: uuid, Enabled: false } });
      expect(task.retries.length).toBeGreaterThan(0);
    },
  },
  {
    sentence: 'the machine may change this event source alone, and the rule may start this machine alone',
    check: (stack) => {
      const machine = breakerMachine(stack.resources);
      const mapping = only(stack.resources.eventSourceMappings);
      const pausing = roleAt(stack, machine.roleArn);
      const starting = roleAt(stack, only(tripsRule(stack).targets).roleArn);
      expect(byPolicies(pausing, 'lambda:UpdateEventSourceMapping', mapping.arn)).toBe('allowed');
      expect(byPolicies(pausing, 'lambda:UpdateEventSourceMapping', `${mapping.arn}0`)).toBe('denied');
      expect(byPolicies(pausing, 'lambda:DeleteEventSourceMapping', mapping.arn)).toBe('denied');
      expect(byPolicies(starting, 'states:StartExecution', machine.arn)).toBe('allowed');
      expect(byPolicies(starting, 'states:StartExecution', `${machine.arn}0`)).toBe('denied');
      for (const [role, service, source] of [
        [pausing, 'states.amazonaws.com', machine.arn],
        [starting, 'events.amazonaws.com', tripsRule(stack).arn],
      ] as const) {
        expect(role.trust).toEqual([
          {
            ...{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: service } },
            Condition: {
              StringEquals: { 'aws:SourceAccount': ACCOUNT },
              ArnEquals: { 'aws:SourceArn': source },
            },
          },
        ]);
      }
    },
  },
  {
    sentence: 'the function has a share of the budget that its environments together keep',
    check: (stack) => {
      const { suppressionsPerHour } = readEnvironment(triageFunction(stack.resources).environment);
      const { maxConcurrency } = only(stack.resources.eventSourceMappings);
      expect(suppressionsPerHour).not.toBeNull();
      expect((suppressionsPerHour ?? 0) * maxConcurrency).toBeLessThanOrEqual(
        alarmOf(stack, 'Suppression budget').threshold,
      );
    },
  },
];

import { expect } from 'vitest';
import { readEnvironment } from '../../../../lambdas/triage/environment.ts';
import { ACCOUNT, only, REGION, type Synthesized, triageFunction } from '../../synthesized.ts';
import { ALARM_TOPIC, byPolicies, functionRole, redriveRole } from '../access.ts';
import type { Demand } from '../demand.ts';

/** The name of the bus in the stack under proof. */
export const DECISION_BUS = 'decisions';

const busArn = (name: string, region = REGION, account = ACCOUNT) =>
  `arn:aws:events:${region}:${account}:event-bus/${name}`;
const OURS = { 'events:source': 'securityhub-triage', 'events:detail-type': 'Finding Triaged' };

const mayPut = (
  stack: Synthesized,
  keys: Readonly<Record<string, string | readonly string[]>> = OURS,
  arn = busArn(DECISION_BUS),
) => byPolicies(functionRole(stack), 'events:PutEvents', arn, keys);

/** Of a stack that enforces and tells its decisions on a bus. */
export const DECISION_BUS_DEMANDS: readonly Demand[] = [
  {
    sentence: 'the function puts its own kind of event on the one bus that it is told of',
    check: (stack) => {
      const { decisionBusArn } = readEnvironment(triageFunction(stack.resources).environment);
      expect(decisionBusArn).toBe(busArn(DECISION_BUS));
      expect(mayPut(stack)).toBe('allowed');
      expect(mayPut(stack, { ...OURS, 'events:source': ['securityhub-triage', 'securityhub-triage'] })).toBe(
        'allowed',
      );
    },
  },
  {
    sentence:
      'the function puts nothing on any other bus, and least of all on the one its own events come by',
    check: (stack) => {
      for (const arn of [
        ...['default', 'another', `${DECISION_BUS}-2`].map((name) => busArn(name)),
        busArn(DECISION_BUS, 'us-east-1'),
        busArn(DECISION_BUS, REGION, '999999999999'),
      ])
        expect(mayPut(stack, OURS, arn)).toBe('denied');
    },
  },
  {
    sentence: 'the function speaks in no other name, and of nothing else',
    check: (stack) => {
      for (const source of ['aws.securityhub', 'another', ['securityhub-triage', 'another']])
        expect(mayPut(stack, { ...OURS, 'events:source': source })).toBe('denied');
      expect(mayPut(stack, { ...OURS, 'events:detail-type': 'Security Hub Findings - Imported' })).toBe(
        'denied',
      );
      const { 'events:source': _, ...withoutSource } = OURS;
      expect(mayPut(stack, withoutSource)).toBe('denied');
      expect(mayPut(stack, {})).toBe('denied');
    },
  },
  {
    sentence: 'nothing else of EventBridge is open to the function, and nothing of it to anybody else',
    check: (stack) => {
      const actions = ['PutRule', 'PutTargets', 'DisableRule', 'DeleteEventBus', 'PutPermission'];
      for (const action of actions)
        expect(byPolicies(functionRole(stack), `events:${action}`, busArn(DECISION_BUS), OURS)).toBe(
          'denied',
        );
      const others = stack.resources.roles.filter(({ arn }) => arn !== functionRole(stack).arn);
      expect(others).toContain(redriveRole(stack));
      for (const role of others)
        expect(byPolicies(role, 'events:PutEvents', busArn(DECISION_BUS), OURS)).toBe('denied');
    },
  },
  {
    sentence: 'events that the bus did not confirm set off an alarm, and stand on the dashboard',
    check: (stack) => {
      const alarm = only(stack.resources.alarms.filter(({ name }) => name.endsWith(' Decision events')));
      const { logicalId, metrics, comparison, threshold, evaluationPeriods, datapointsToAlarm } = alarm;
      expect(metrics.map(({ id: _, returned: __, ...watched }) => watched)).toEqual([
        {
          ...{ kind: 'statistic', namespace: 'securityhub-triage', name: 'DecisionEventsFailed' },
          ...{ statistic: 'Sum', periodMinutes: 5 },
          dimensions: { service: triageFunction(stack.resources).name },
        },
      ]);
      expect([comparison, threshold, datapointsToAlarm, evaluationPeriods]).toEqual([
        ...['GreaterThanThreshold', 0, 1, 1],
      ]);
      expect(alarm.missing).toBe('notBreaching');
      const { ActionsEnabled = true, AlarmActions } = stack.template.toJSON().Resources[logicalId].Properties;
      expect([ActionsEnabled, AlarmActions]).toEqual([true, [ALARM_TOPIC]]);
      expect(alarm.description).toMatch(/Severity: low\. Runbook: https:\S+#decision-events$/);
      const [dashboard] = Object.values(stack.template.findResources('AWS::CloudWatch::Dashboard'));
      const body = String(stack.resolve(dashboard?.Properties.DashboardBody));
      expect(body).toContain('DecisionEventsFailed');
      expect(body).toContain(alarm.arn);
    },
  },
];

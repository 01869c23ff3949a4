import { Names, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { TriageConfiguration } from '../configuration/configuration.ts';
import { servingOnly } from '../permissions/serving-only.ts';

/**
 * Starts a sweep of all active findings by the clock; null where none is wanted. Observing there is nothing to send, so
 * only a command starts one.
 */
export function scheduleSweep(
  scope: Construct,
  { sweepSchedule, mode }: TriageConfiguration,
  machine: sfn.StateMachine,
): events.Rule | null {
  if (sweepSchedule === 'off') return null;
  // A chosen name, for the role that the rule names trusts this rule alone.
  const ruleName = Names.uniqueResourceName(scope, { maxLength: 55, separator: '-' }).concat('-Schedule');
  return new events.Rule(scope, 'Schedule', {
    ruleName,
    description: 'Sweeps existing findings through triage',
    enabled: mode === 'enforce',
    schedule: events.Schedule.expression(sweepSchedule),
    targets: [
      new targets.SfnStateMachine(machine, {
        input: events.RuleTargetInput.fromObject({}),
        role: startingRole(scope, ruleName, machine).withoutPolicyUpdates(),
      }),
    ],
  });
}

function startingRole(scope: Construct, ruleName: string, machine: sfn.StateMachine): iam.Role {
  const rule = Stack.of(scope).formatArn({ service: 'events', resource: 'rule', resourceName: ruleName });
  const policy = new iam.ManagedPolicy(scope, 'SchedulePolicy', {
    description: 'Starts the sweep of triage',
    statements: [
      new iam.PolicyStatement({
        sid: 'Start',
        actions: ['states:StartExecution'],
        resources: [machine.stateMachineArn],
      }),
    ],
  });
  return new iam.Role(scope, 'ScheduleRole', {
    description: 'Starts the sweep of triage by the clock',
    assumedBy: servingOnly(scope, 'events.amazonaws.com', rule),
    managedPolicies: [policy],
  });
}

import { ArnFormat, Duration, Names, Stack } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';
import { servingOnly } from '../permissions/serving-only.ts';
import type { Breaker } from './breaker-alarms.ts';

/**
 * Pauses triage when one of the alarms goes off: the change of the alarm's state starts a state machine, whose only
 * step disables the event source. No code of ours takes part, so that a bug of ours cannot keep it from working. An
 * operator resumes; nothing does by itself. Null where there is no alarm to trip it.
 */
export function createBreaker(
  scope: Construct,
  alarms: readonly cloudwatch.Alarm[],
  eventSource: lambda.EventSourceMapping,
): Breaker | null {
  if (alarms.length === 0) return null;
  const arns = arnsOf(scope);
  const machine = new sfn.StateMachine(scope, 'BreakerMachine', {
    stateMachineName: arns.machineName,
    comment: 'Pauses triage by disabling its event source',
    definitionBody: sfn.DefinitionBody.fromChainable(pause(scope, eventSource)),
    role: pausingRole(scope, arns, eventSource).withoutPolicyUpdates(),
    timeout: Duration.minutes(30),
  });
  const trips = new events.Rule(scope, 'BreakerTrips', {
    ruleName: arns.ruleName,
    description: 'The breaker of triage has tripped',
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
    eventPattern: {
      source: ['aws.cloudwatch'],
      detailType: ['CloudWatch Alarm State Change'],
      resources: alarms.map(({ alarmArn }) => alarmArn),
      detail: { state: { value: ['ALARM'] } },
    },
    targets: [
      new targets.SfnStateMachine(machine, {
        role: startingRole(scope, arns, machine).withoutPolicyUpdates(),
      }),
    ],
  });
  return { trips, machine };
}

/** Chosen names: each of the two is trusted by a role that it names itself. */
interface Arns {
  readonly ruleName: string;
  readonly rule: string;
  readonly machineName: string;
  readonly machine: string;
}

function arnsOf(scope: Construct): Arns {
  const prefix = Names.uniqueResourceName(scope, { maxLength: 48, separator: '-' });
  const [ruleName, machineName] = [`${prefix}-BreakerTrips`, `${prefix}-Breaker`];
  const stack = Stack.of(scope);
  return {
    ruleName,
    rule: stack.formatArn({ service: 'events', resource: 'rule', resourceName: ruleName }),
    machineName,
    machine: stack.formatArn({
      service: 'states',
      resource: 'stateMachine',
      resourceName: machineName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    }),
  };
}

function pause(scope: Construct, eventSource: lambda.EventSourceMapping): tasks.CallAwsService {
  const task = new tasks.CallAwsService(scope, 'Pause', {
    service: 'lambda',
    action: 'updateEventSourceMapping',
    parameters: { Uuid: eventSource.eventSourceMappingId, Enabled: false },
    iamResources: [eventSource.eventSourceMappingArn],
  });
  // A mapping that a deployment is changing at this moment refuses for a while (ResourceInUseException).
  return task.addRetry({
    errors: ['States.ALL'],
    interval: Duration.seconds(5),
    backoffRate: 2,
    maxAttempts: 6,
  }) as tasks.CallAwsService;
}

/** EventBridge's role for the rule: without one of ours CDK adds a policy to a role that nobody sees in this file. */
function startingRole(scope: Construct, arns: Arns, machine: sfn.StateMachine): iam.Role {
  const policy = new iam.ManagedPolicy(scope, 'BreakerTripsPolicy', {
    description: 'Starts the breaker of the triage function',
    statements: [
      new iam.PolicyStatement({
        sid: 'Trip',
        actions: ['states:StartExecution'],
        resources: [machine.stateMachineArn],
      }),
    ],
  });
  return new iam.Role(scope, 'BreakerTripsRole', {
    description: 'Starts the breaker of the triage function when its alarms go off',
    assumedBy: servingOnly(scope, 'events.amazonaws.com', arns.rule),
    managedPolicies: [policy],
  });
}

/** May change this one event source and nothing else. */
function pausingRole(scope: Construct, arns: Arns, eventSource: lambda.EventSourceMapping): iam.Role {
  const policy = new iam.ManagedPolicy(scope, 'BreakerPolicy', {
    description: 'Disables the event source of the triage function',
    statements: [
      new iam.PolicyStatement({
        sid: 'Pause',
        actions: ['lambda:UpdateEventSourceMapping'],
        resources: [eventSource.eventSourceMappingArn],
      }),
    ],
  });
  return new iam.Role(scope, 'BreakerRole', {
    description: 'The breaker of the triage function',
    assumedBy: servingOnly(scope, 'states.amazonaws.com', arns.machine),
    managedPolicies: [policy],
  });
}

import { ArnFormat, Duration, Names, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';
import { servingOnly } from '../permissions/serving-only.ts';

/**
 * Carries a sweep from stretch to stretch, for as long as it takes: what a stretch answers is the input of the next,
 * and so the checkpoint. One sweep at a time, for GetFindings has 3 calls a second in the whole account; a stretch that
 * fails is tried again from where it began, for about a day.
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html (an execution lasts a year, 25,000 events)
 */
export function createSweepMachine(scope: Construct, sweep: lambda.Function): sfn.StateMachine {
  const name = Names.uniqueResourceName(scope, { maxLength: 80, separator: '-' });
  const arn = Stack.of(scope).formatArn({
    service: 'states',
    resource: 'stateMachine',
    resourceName: name,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return new sfn.StateMachine(scope, 'Machine', {
    comment: 'Sweeps existing findings through triage',
    // Its role lists its executions, so the name must be known before it is there.
    stateMachineName: name,
    definitionBody: sfn.DefinitionBody.fromChainable(definition(scope, sweep, arn)),
    role: sweepingRole(scope, sweep, arn).withoutPolicyUpdates(),
  });
}

/**
 * The newest that run, of which there are few: those that find another end within seconds. With 1,000, the most of a
 * call, an answer could be more than a state may hand on (256 KiB).
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html
 */
const RUNNING_LOOKED_AT = 100;

function definition(scope: Construct, sweep: lambda.Function, machineArn: string): sfn.IChainable {
  const running = new tasks.CallAwsService(scope, 'ListRunning', {
    service: 'sfn',
    action: 'listExecutions',
    parameters: { StateMachineArn: machineArn, StatusFilter: 'RUNNING', MaxResults: RUNNING_LOOKED_AT },
    iamResources: [machineArn],
    resultPath: '$.running',
  });
  const stretch = new tasks.LambdaInvoke(scope, 'SweepOn', {
    lambdaFunction: sweep,
    outputPath: '$.Payload',
    retryOnServiceExceptions: false,
  });
  stretch.addRetry({
    errors: ['States.ALL'],
    interval: Duration.seconds(30),
    backoffRate: 2,
    maxDelay: Duration.hours(1),
    maxAttempts: 30,
  });
  const pause = new sfn.Wait(scope, 'Pause', { time: sfn.WaitTime.secondsPath('$.waitSeconds') });
  const done = new sfn.Succeed(scope, 'Done');
  const next = new sfn.Choice(scope, 'IsDone')
    .when(sfn.Condition.booleanEquals('$.done', true), done)
    .when(sfn.Condition.numberGreaterThan('$.waitSeconds', 0), pause)
    .otherwise(stretch);
  pause.next(stretch);
  stretch.next(next);
  const alone = new sfn.Choice(scope, 'IsAlone')
    .when(sfn.Condition.stringEqualsJsonPath('$.running.oldest.ExecutionArn', '$$.Execution.Id'), stretch)
    .otherwise(
      // No failure, for the one that runs does what this one would.
      new sfn.Succeed(scope, 'AnotherRuns', { comment: 'Another sweep of this deployment is running' }),
    );
  const listed = new sfn.Choice(scope, 'IsAnyListed')
    .when(sfn.Condition.isPresent('$.running.Executions[0]'), oldestOf(scope).next(alone))
    .otherwise(
      // The list is eventually consistent, and this one itself runs.
      new sfn.Wait(scope, 'LookAgain', { time: sfn.WaitTime.duration(Duration.seconds(5)) }).next(running),
    );
  return running.next(listed);
}

/** They are listed newest first. Of all that run the oldest goes on, be it hours old or of this second. */
function oldestOf(scope: Construct): sfn.Pass {
  const last = 'States.MathAdd(States.ArrayLength($.running.Executions), -1)';
  return new sfn.Pass(scope, 'Oldest', {
    parameters: { oldest: sfn.JsonPath.stringAt(`States.ArrayGetItem($.running.Executions, ${last})`) },
    resultPath: '$.running',
  });
}

/** May run this one function and see its own executions. */
function sweepingRole(scope: Construct, sweep: lambda.Function, machineArn: string): iam.Role {
  const policy = new iam.ManagedPolicy(scope, 'MachinePolicy', {
    description: 'Runs the sweep of triage, one at a time',
    statements: [
      new iam.PolicyStatement({
        sid: 'Sweep',
        actions: ['lambda:InvokeFunction'],
        resources: [sweep.functionArn],
      }),
      new iam.PolicyStatement({
        sid: 'SeeWhetherAnotherRuns',
        actions: ['states:ListExecutions'],
        resources: [machineArn],
      }),
    ],
  });
  return new iam.Role(scope, 'MachineRole', {
    description: 'Carries the sweep of triage from stretch to stretch',
    assumedBy: servingOnly(scope, 'states.amazonaws.com', machineArn),
    managedPolicies: [policy],
  });
}

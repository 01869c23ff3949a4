import type * as events from 'aws-cdk-lib/aws-events';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { TriageConfiguration } from '../configuration/configuration.ts';
import type { TriageQueues } from '../queues/queues.ts';
import { createSweepFunction } from './sweep-function.ts';
import { createSweepMachine } from './sweep-machine.ts';
import { scheduleSweep } from './sweep-schedule.ts';

/** Reads the findings there are and sends those on which the rules would act through triage, by the clock and on demand. */
export class Sweep extends Construct {
  readonly lambdaFunction: lambda.Function;
  readonly role: iam.IRole;
  readonly machine: sfn.StateMachine;
  /** What starts it by the clock; null where that is off. */
  readonly schedule: events.Rule | null;

  constructor(
    scope: Construct,
    id: string,
    configuration: TriageConfiguration,
    queues: TriageQueues,
    code: lambda.Code,
  ) {
    super(scope, id);
    const { sweep, role } = createSweepFunction(this, configuration, queues, code);
    this.lambdaFunction = sweep;
    this.role = role;
    this.machine = createSweepMachine(this, this.lambdaFunction);
    this.schedule = scheduleSweep(this, configuration, this.machine);
  }
}

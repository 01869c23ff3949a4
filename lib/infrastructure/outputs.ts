import { CfnOutput } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { TriageQueues } from './queues/queues.ts';
import type { Sweep } from './sweep/sweep.ts';

/** What an operator needs at hand without opening the console. */
export function createOutputs(
  scope: Construct,
  parts: {
    readonly queues: TriageQueues;
    readonly triage: lambda.Function;
    readonly eventSource: lambda.EventSourceMapping;
    readonly redriveRole: iam.Role;
    readonly sweep: Sweep;
    /** Null where no decisions are told. */
    readonly decisionBusArn: string | null;
  },
): void {
  const { queues, triage, eventSource, redriveRole, sweep, decisionBusArn } = parts;
  const mapping = `aws lambda update-event-source-mapping --uuid ${eventSource.eventSourceMappingId}`;
  const outputs: Readonly<Record<string, string>> = {
    IngestQueueUrl: queues.ingest.queueUrl,
    IngestQueueArn: queues.ingest.queueArn,
    DeadLetterQueueUrl: queues.deadLetter.queueUrl,
    DeadLetterQueueArn: queues.deadLetter.queueArn,
    UndeliveredQueueUrl: queues.undelivered.queueUrl,
    FunctionName: triage.functionName,
    RedriveRoleArn: redriveRole.roleArn,
    SweepMachineArn: sweep.machine.stateMachineArn,
    ...(decisionBusArn !== null && { DecisionBusArn: decisionBusArn }),
    PauseCommand: `${mapping} --no-enabled`,
    ResumeCommand: `${mapping} --enabled`,
  };
  for (const [name, value] of Object.entries(outputs)) new CfnOutput(scope, name, { value });
}

import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { TriageQueues } from './queues.ts';

/**
 * The one role that may bring dead letters back into the ingest queue, assumable by whom the account's own IAM
 * policies let. It can read what it moves but cannot touch Security Hub.
 */
export function createRedriveRole(scope: Construct, queues: TriageQueues): iam.Role {
  const policy = new iam.ManagedPolicy(scope, 'RedrivePolicy', {
    description: 'Moves dead letters back to the ingest queue',
    statements: [
      // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
      new iam.PolicyStatement({
        sid: 'TakeDeadLetters',
        actions: [
          'sqs:StartMessageMoveTask',
          'sqs:ListMessageMoveTasks',
          'sqs:CancelMessageMoveTask',
          'sqs:ReceiveMessage',
          'sqs:ChangeMessageVisibility',
          'sqs:DeleteMessage',
          'sqs:GetQueueAttributes',
        ],
        // Messages of the undelivered queue are moved one by one: SQS starts a move task only on a queue that
        // some redrive policy names, and EventBridge's target has none.
        resources: [queues.deadLetter.queueArn, queues.undelivered.queueArn],
      }),
      new iam.PolicyStatement({
        sid: 'PutBack',
        actions: ['sqs:SendMessage', 'sqs:GetQueueAttributes'],
        resources: [queues.ingest.queueArn],
      }),
    ],
  });
  return new iam.Role(scope, 'RedriveRole', {
    description: 'Assumed by an operator to redrive dead letters of the triage function',
    assumedBy: new iam.AccountRootPrincipal(),
    managedPolicies: [policy],
  });
}

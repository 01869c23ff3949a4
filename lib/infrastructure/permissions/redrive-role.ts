import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { TriageConfiguration } from '../configuration/configuration.ts';
import { useEncryptionKey } from '../queues/encryption-key.ts';
import type { TriageQueues } from '../queues/queues.ts';

/**
 * The one role that may bring dead letters back into the ingest queue, assumable by whom the account's own IAM
 * policies let, or of those by the named ones alone. It can read what it moves but cannot touch Security Hub.
 */
export function createRedriveRole(
  scope: Construct,
  queues: TriageQueues,
  { redrivePrincipals }: Pick<TriageConfiguration, 'redrivePrincipals'>,
): iam.Role {
  const policy = new iam.ManagedPolicy(scope, 'RedrivePolicy', {
    description: 'Moves dead letters back to the ingest queue',
    statements: [
      // SQS starts such a task only on a queue that some redrive policy names; EventBridge's target has none.
      // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
      new iam.PolicyStatement({
        sid: 'MoveAllDeadLetters',
        actions: ['sqs:StartMessageMoveTask', 'sqs:ListMessageMoveTasks', 'sqs:CancelMessageMoveTask'],
        resources: [queues.deadLetter.queueArn],
      }),
      // One by one, as `triage dead-letters` takes them from either queue.
      new iam.PolicyStatement({
        sid: 'TakeDeadLetters',
        actions: [
          'sqs:ReceiveMessage',
          'sqs:ChangeMessageVisibility',
          'sqs:DeleteMessage',
          'sqs:GetQueueAttributes',
        ],
        resources: [queues.deadLetter.queueArn, queues.undelivered.queueArn],
      }),
      new iam.PolicyStatement({
        sid: 'PutBack',
        actions: ['sqs:SendMessage', 'sqs:GetQueueAttributes'],
        resources: [queues.ingest.queueArn],
      }),
      ...useEncryptionKey(scope, queues.key),
    ],
  });
  return new iam.Role(scope, 'RedriveRole', {
    description: 'Assumed by an operator to redrive dead letters of the triage function',
    assumedBy: operatorsOf(redrivePrincipals),
    managedPolicies: [policy],
  });
}

/** A condition rather than principals: a trust policy can name as principals only who is there already, and no pattern. */
function operatorsOf(principals: readonly string[] | undefined): iam.IPrincipal {
  const account = new iam.AccountRootPrincipal();
  if (principals === undefined) return account;
  return new iam.PrincipalWithConditions(account, { ArnLike: { 'aws:PrincipalArn': [...principals] } });
}

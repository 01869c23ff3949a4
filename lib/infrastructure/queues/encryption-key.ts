import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { TriageConfiguration } from '../configuration/configuration.ts';

/** What a sender to an encrypted queue and a reader of it need, and no more. */
const QUEUE_ACTIONS = ['kms:GenerateDataKey', 'kms:Decrypt'] as const;

/**
 * The customer managed key of queues and log, if there is to be one. EventBridge and CloudWatch Logs need the key by
 * statements of their own; our event rule cannot stand in one, since SQS asks for the key on EventBridge's behalf, so
 * the account does. A key that is given by its ARN takes no statements from here: README says which it needs.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export function createEncryptionKey(
  scope: Construct,
  { encryptionKey, removalPolicy }: TriageConfiguration,
): kms.IKey | undefined {
  if (encryptionKey === undefined) return undefined;
  if (encryptionKey !== 'create') return kms.Key.fromKeyArn(scope, 'EncryptionKey', encryptionKey);
  const key = new kms.Key(scope, 'EncryptionKey', {
    description: 'Encrypts the events, dead letters and log of the triage of Security Hub findings',
    enableKeyRotation: true,
    // Without its key a kept dead letter could not be read.
    removalPolicy: removalPolicy === 'destroy' ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
  });
  const { account, region } = Stack.of(scope);
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: 'EventBridgeSendsToQueues',
      principals: [new iam.ServicePrincipal('events.amazonaws.com')],
      actions: [...QUEUE_ACTIONS],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:SourceAccount': account } },
    }),
  );
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: 'LogIsEncrypted',
      principals: [new iam.ServicePrincipal(`logs.${region}.amazonaws.com`)],
      actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
      resources: ['*'],
      conditions: {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn': Stack.of(scope).formatArn({
            service: 'logs',
            resource: 'log-group',
            resourceName: '*',
            arnFormat: ArnFormat.COLON_RESOURCE_NAME,
          }),
        },
      },
    }),
  );
  // CDK would let EventBridge encrypt by it as well, wherever a rule sends to one of the queues.
  return kms.Key.fromKeyArn(scope, 'EncryptionKeyAsIs', key.keyArn);
}

/** The statement that lets a role use the queues under their key, through SQS alone; none where SQS encrypts. */
export function useEncryptionKey(
  scope: Construct,
  key: kms.IKey | undefined,
): readonly iam.PolicyStatement[] {
  if (key === undefined) return [];
  const { region } = Stack.of(scope);
  return [
    new iam.PolicyStatement({
      sid: 'UseEncryptionKey',
      actions: [...QUEUE_ACTIONS],
      resources: [key.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `sqs.${region}.amazonaws.com` } },
    }),
  ];
}

import { Duration, Names, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { TriageConfiguration } from '../configuration/configuration.ts';
import { createEncryptionKey } from './encryption-key.ts';
import {
  DEAD_LETTER_RETENTION_DAYS,
  INGEST_RETENTION_DAYS,
  MAX_RECEIVE_COUNT,
  visibilityTimeoutSeconds,
} from './timings.ts';

export interface TriageQueues {
  /** Events on their way to the function. */
  readonly ingest: sqs.Queue;
  /** Events SQS gave up on, and findings whose update Security Hub refused. */
  readonly deadLetter: sqs.Queue;
  /** Events EventBridge could not put into the ingest queue. */
  readonly undelivered: sqs.Queue;
  /** The customer managed key that encrypts them; undefined where SQS's own does. */
  readonly key: kms.IKey | undefined;
}

/**
 * The three queues, each encrypted and closed to plain HTTP; those of dead letters outlive the stack unless told
 * otherwise. SQS encrypts, or a customer managed key does: EventBridge cannot send to a queue under `alias/aws/sqs`.
 */
export function createQueues(scope: Construct, configuration: TriageConfiguration): TriageQueues {
  const removalPolicy =
    configuration.removalPolicy === 'destroy' ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;
  const key = createEncryptionKey(scope, configuration);
  const encryption =
    key === undefined
      ? { encryption: sqs.QueueEncryption.SQS_MANAGED }
      : { encryption: sqs.QueueEncryption.KMS, encryptionMasterKey: key };
  const shared = { ...encryption, enforceSSL: true };
  const lasting = { ...shared, removalPolicy, retentionPeriod: Duration.days(DEAD_LETTER_RETENTION_DAYS) };

  // The dead-letter queue names the ingest queue and the other way round: a chosen name breaks that circle. A
  // queue with a chosen name must go with its stack, or the next deployment could not create it.
  const ingestName = `${Names.uniqueResourceName(scope, { maxLength: 73, separator: '-' })}-Ingest`;
  const deadLetter = new sqs.Queue(scope, 'DeadLetterQueue', lasting);
  const ingest = new sqs.Queue(scope, 'IngestQueue', {
    ...shared,
    queueName: ingestName,
    removalPolicy: RemovalPolicy.DESTROY,
    retentionPeriod: Duration.days(INGEST_RETENTION_DAYS),
    visibilityTimeout: Duration.seconds(visibilityTimeoutSeconds(configuration)),
    deadLetterQueue: { queue: deadLetter, maxReceiveCount: MAX_RECEIVE_COUNT },
  });
  redriveAllowPolicy(deadLetter, {
    redrivePermission: 'byQueue',
    sourceQueueArns: [Stack.of(scope).formatArn({ service: 'sqs', resource: ingestName })],
  });

  const undelivered = new sqs.Queue(scope, 'UndeliveredQueue', lasting);
  redriveAllowPolicy(undelivered, { redrivePermission: 'denyAll' });
  return { ingest, deadLetter, undelivered, key };
}

/** Which queues may name this one as their dead-letter queue: otherwise any queue of the account could fill it. */
function redriveAllowPolicy(
  queue: sqs.Queue,
  policy:
    | { readonly redrivePermission: 'byQueue'; readonly sourceQueueArns: readonly string[] }
    | { readonly redrivePermission: 'denyAll' },
): void {
  const resource = queue.node.defaultChild;
  if (!(resource instanceof sqs.CfnQueue)) throw new Error(`${queue.node.path} has no SQS queue resource.`);
  resource.redriveAllowPolicy = policy;
}

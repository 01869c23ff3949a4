import { AssemblyError } from './assembly-error.ts';
import type { LocalQueue, LocalQueuePolicy } from './local-resources.ts';
import { policyStatements } from './policy-statements.ts';
import { listOfTexts, recordOf } from './property-values.ts';
import type { Ignored, ResolvedResource } from './resolved-resource.ts';

/** A standard queue with its attributes as the SQS API names them. FIFO queues throw: the product has none. */
export function readQueue(resource: ResolvedResource): LocalQueue {
  const { logicalId, properties } = resource;
  if (String(properties.FifoQueue) === 'true') {
    throw new AssemblyError(`${logicalId}: the local account has standard queues only, this one is FIFO.`);
  }
  const attributes = Object.entries(ATTRIBUTE_BY_PROPERTY).flatMap(([property, attribute]) => {
    const value = properties[property];
    return value === undefined ? [] : [[attribute, attributeText(value)] as const];
  });
  return {
    logicalId,
    name: resource.attribute('QueueName'),
    arn: resource.attribute('Arn'),
    url: resource.ref,
    attributes: Object.fromEntries(attributes),
  };
}

/** A queue policy's statements and the URLs of the queues it is set on. */
export function readQueuePolicy(resource: ResolvedResource): LocalQueuePolicy | Ignored {
  const { logicalId, properties } = resource;
  const document = recordOf(logicalId, properties, 'PolicyDocument');
  return {
    logicalId,
    queueUrls: listOfTexts(logicalId, properties, 'Queues'),
    statements: policyStatements(logicalId, document),
    document,
  };
}

const ATTRIBUTE_BY_PROPERTY: Readonly<Record<string, string>> = {
  DelaySeconds: 'DelaySeconds',
  KmsMasterKeyId: 'KmsMasterKeyId',
  MaximumMessageSize: 'MaximumMessageSize',
  MessageRetentionPeriod: 'MessageRetentionPeriod',
  ReceiveMessageWaitTimeSeconds: 'ReceiveMessageWaitTimeSeconds',
  RedriveAllowPolicy: 'RedriveAllowPolicy',
  RedrivePolicy: 'RedrivePolicy',
  SqsManagedSseEnabled: 'SqsManagedSseEnabled',
  VisibilityTimeout: 'VisibilityTimeout',
};

function attributeText(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
